/** A worker that plays some of the kiosks: asked by number, it answers by number, so that all of them play at once. */
import { parentPort, workerData } from 'node:worker_threads';
import { Unreachable } from './http-client.ts';
import { Team } from './team.ts';
import type { CallName, CallReply, CallRequest } from './team-calls.ts';
import { ReplayTrouble } from './trouble.ts';

const team = new Team(workerData as number);

async function answer({ number, name, call }: CallRequest): Promise<CallReply> {
  try {
    const act = team[name].bind(team) as (call: CallRequest<CallName>['call']) => Promise<unknown>;
    return { number, ok: true, value: await act(call) };
  } catch (error) {
    const isTrouble = error instanceof ReplayTrouble || error instanceof Unreachable;
    const message =
      error instanceof Error ? (isTrouble ? error.message : (error.stack ?? '')) : String(error);
    return { number, ok: false, message, isTrouble };
  }
}

parentPort?.on('message', (request: CallRequest) => {
  void answer(request).then((reply) => parentPort?.postMessage(reply));
});
