import { type EventObject, fromCallback } from 'xstate';
import type { Tablet } from '#tablet';
import type { Vision } from '#vision';
import type { Troubles } from '../troubles.ts';
import {
  COVERED_MS,
  isRetry,
  type LookResult,
  purposesOf,
  UNCOVERED_MS,
  type Visit,
  type VisitEvent,
  visitMachine,
} from './machine.ts';
import { runLook } from './run-look.ts';

/** What a visit touches of the world. */
export interface VisitWorld {
  readonly tablet: Tablet;
  /** Resolves once the networks are loaded and warm; null where they cannot be. */
  readonly vision: () => Promise<Vision | null>;
  readonly troubles: Troubles;
}

type Send = (event: VisitEvent) => void;

/** The visit machine, connected to this tablet. Nothing waits longer than the shop lets an untouched screen wait. */
export function visitOn(world: VisitWorld, { idle }: { readonly idle: number }) {
  const { tablet, troubles } = world;
  /** Does a piece of writing, and lets staff know where the storage does not take it, or takes it again. */
  async function store(write: Promise<{ readonly ok: boolean }>, send: Send): Promise<void> {
    const { ok } = await write;
    troubles.set('storage-full', !ok);
    if (!ok) send({ type: 'storage failed' });
  }
  return visitMachine.provide({
    delays: { idle, uncovered: Math.min(UNCOVERED_MS, idle), covered: Math.min(COVERED_MS, idle) },
    actors: {
      record: fromCallback<EventObject, Visit>(({ input, sendBack }) => {
        const left = new AbortController();
        void record(world, input, sendBack, left.signal);
        return () => left.abort();
      }),
      look: fromCallback<EventObject, Visit>(({ input, sendBack, receive }) => {
        const stopper = new AbortController();
        receive(() => stopper.abort());
        void look(world, input, sendBack, stopper.signal);
        // Leaving the state for any reason closes the camera too.
        return () => stopper.abort();
      }),
      delete: fromCallback<EventObject, Visit>(({ input, sendBack }) => {
        const ids = input.recorded?.receipts.map((receipt) => receipt.id) ?? [];
        const withdrawn = tablet.withdraw(ids, 'kiosk');
        void store(withdrawn, sendBack);
        void withdrawn.then(({ ok }) => ok && sendBack({ type: 'deleted' }));
      }),
    },
    actions: {
      settle: ({ self }) => void store(tablet.settle(), (event) => self.send(event)),
      tallyDeclined: ({ self }) => void store(tablet.addToTally('declined'), (event) => self.send(event)),
      tallyLeft: ({ self }) => void store(tablet.addToTally('left'), (event) => self.send(event)),
      stopLook: ({ system }) => system.get('look')?.send({ type: 'stop' }),
    },
  });
}

/**
 * Commits the yes, and gives the grant that comes of it. A second try uses the receipts of the first: nobody says yes twice. Whoever has
 * waited so long that the visit is over leaves nothing.
 */
async function record(
  { tablet, vision, troubles }: VisitWorld,
  visit: Visit,
  send: Send,
  left: AbortSignal,
): Promise<void> {
  const warmed = await vision();
  if (left.aborted) return;
  if (warmed === null) return send({ type: 'vision failed' });
  send({ type: 'saving' });
  if (visit.recorded !== null) {
    const { receipts } = visit.recorded;
    const again = await tablet.grantAgain(receipts.map((receipt) => receipt.id));
    return send(
      again.ok
        ? { type: 'recorded', recorded: { grant: again.grant, receipts } }
        : { type: 'storage failed' },
    );
  }
  const recorded = await tablet.recordYes(
    visit.yeses.map((yes) => {
      const { notice, givenBy } = yes;
      const agree = givenBy === 'guardian' ? notice.texts.guardianAgree : notice.texts.agree;
      const shown = [notice.texts.decline, agree];
      return {
        notice,
        purposes: purposesOf(yes),
        givenBy,
        buttonLabel: agree,
        answersShown: visit.answerOrder === 'no-first' ? shown : shown.reverse(),
      };
    }),
  );
  troubles.set('storage-full', !recorded.ok);
  send(recorded.ok ? { type: 'recorded', recorded } : { type: 'storage failed' });
}

const STOPPED: LookResult = { ending: 'stopped', headcount: 0, demographics: null };

async function look(world: VisitWorld, visit: Visit, send: Send, signal: AbortSignal): Promise<void> {
  // A worker that broke since the yes is being replaced, and "Stop" does not wait for that. Nothing was opened, so nothing is written.
  const stopped = () => send({ type: 'look ended', result: STOPPED });
  signal.addEventListener('abort', stopped);
  const vision = await world.vision();
  signal.removeEventListener('abort', stopped);
  if (signal.aborted) return;
  if (visit.recorded === null) throw new Error('A look needs a committed receipt.');
  if (vision === null) return send({ type: 'vision failed' });
  const looked = await runLook(visit.recorded.grant, {
    tablet: world.tablet,
    vision,
    signal,
    place: visit.place,
    isAiming: isRetry(visit),
    onCamera: (camera) => send({ type: 'camera opened', camera }),
  });
  world.troubles.set('storage-full', !looked.ok);
  if (!looked.ok) return send({ type: 'storage failed' });
  world.troubles.set('camera-failing', looked.result.ending.startsWith('camera-'));
  send({ type: 'look ended', result: looked.result });
}
