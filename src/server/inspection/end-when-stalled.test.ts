import { createServer, get, type IncomingMessage } from 'node:http';
import { Readable } from 'node:stream';
import { setTimeout as wait } from 'node:timers/promises';
import { expect, it, onTestFinished } from 'vitest';
import { endWhenStalled } from './end-when-stalled.ts';

const STALL_MS = 300;

function* endless() {
  for (;;) yield 'x'.repeat(64 * 1024);
}

/** An answer without end, and whether the server has given it up. */
async function endlessAnswer() {
  let isGivenUp = false;
  const server = createServer((_, response) => {
    endWhenStalled(response, STALL_MS);
    response.once('close', () => {
      isGivenUp = true;
    });
    Readable.from(endless()).pipe(response);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as { port: number };
  const answer = await new Promise<IncomingMessage>((resolve) => get({ port, host: '127.0.0.1' }, resolve));
  answer.on('error', () => undefined);
  onTestFinished(() => {
    answer.destroy();
    server.closeAllConnections();
    server.close();
  });
  return { answer, isGivenUp: () => isGivenUp };
}

it('gives an answer up that nobody takes any more of', async () => {
  const { isGivenUp } = await endlessAnswer();
  await expect.poll(isGivenUp, { timeout: 10 * STALL_MS }).toBe(true);
});

it('goes on for as long as somebody takes it', async () => {
  const { answer, isGivenUp } = await endlessAnswer();
  answer.resume();
  await wait(4 * STALL_MS);
  expect(isGivenUp()).toBe(false);
});
