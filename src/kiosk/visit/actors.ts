import { type EventObject, fromCallback } from 'xstate';
import type { Tablet } from '#tablet';
import type { Vision } from '#vision';
import { purposesOf, type Visit, type VisitEvent, visitMachine } from './machine.ts';
import { runLook } from './run-look.ts';

/** What a visit touches of the world. */
export interface VisitWorld {
  readonly tablet: Tablet;
  /** Resolves once the networks are loaded and warm; null where they cannot be. */
  readonly vision: () => Promise<Vision | null>;
  readonly onCameraTrouble: (isTroubled: boolean) => void;
}

type Send = (event: VisitEvent) => void;

/** The visit machine, connected to this tablet. */
export function visitOn(world: VisitWorld, delays: { readonly idle: number }) {
  const { tablet } = world;
  return visitMachine.provide({
    delays,
    actors: {
      record: fromCallback<EventObject, Visit>(({ input, sendBack }) => void record(world, input, sendBack)),
      look: fromCallback<EventObject, Visit>(({ input, sendBack, receive }) => {
        const stopper = new AbortController();
        receive(() => stopper.abort());
        void look(world, input, sendBack, stopper.signal);
        // Leaving the state for any reason closes the camera too.
        return () => stopper.abort();
      }),
      delete: fromCallback<EventObject, Visit>(({ input, sendBack }) => {
        const ids = input.recorded?.receipts.map((receipt) => receipt.id) ?? [];
        void tablet
          .withdraw(ids, 'kiosk')
          .then((done) => sendBack({ type: done.ok ? 'deleted' : 'storage failed' }));
      }),
    },
    actions: {
      settle: ({ self }) =>
        void tablet.settle().then((done) => done.ok || self.send({ type: 'storage failed' })),
      tallyDeclined: ({ self }) => {
        void tablet.addToTally('declined').then((done) => done.ok || self.send({ type: 'storage failed' }));
      },
      tallyLeft: ({ self }) => {
        void tablet.addToTally('left').then((done) => done.ok || self.send({ type: 'storage failed' }));
      },
      stopLook: ({ system }) => system.get('look')?.send({ type: 'stop' }),
    },
  });
}

/** Commits the yes, and gives the grant that comes of it. A second try uses the receipts of the first: nobody says yes twice. */
async function record({ tablet, vision }: VisitWorld, visit: Visit, send: Send): Promise<void> {
  if (visit.notice === null) throw new Error('A yes needs the notice that was shown.');
  if ((await vision()) === null) return send({ type: 'vision failed' });
  if (visit.recorded !== null) {
    const { receipts } = visit.recorded;
    const again = await tablet.grantAgain(receipts.map((receipt) => receipt.id));
    return send(
      again.ok
        ? { type: 'recorded', recorded: { grant: again.grant, receipts } }
        : { type: 'storage failed' },
    );
  }
  const { texts } = visit.notice;
  const recorded = await tablet.recordYes(visit.notice, [
    {
      purposes: purposesOf(visit),
      givenBy: visit.givenBy,
      buttonLabel: visit.givenBy === 'guardian' ? texts.guardianAgree : texts.agree,
    },
  ]);
  send(recorded.ok ? { type: 'recorded', recorded } : { type: 'storage failed' });
}

async function look(world: VisitWorld, visit: Visit, send: Send, signal: AbortSignal): Promise<void> {
  const vision = await world.vision();
  if (visit.recorded === null) throw new Error('A look needs a committed receipt.');
  if (vision === null) return send({ type: 'vision failed' });
  const looked = await runLook(visit.recorded.grant, {
    tablet: world.tablet,
    vision,
    signal,
    onCamera: (camera) => send({ type: 'camera opened', camera }),
  });
  if (!looked.ok) return send({ type: 'storage failed' });
  world.onCameraTrouble(looked.result.ending.startsWith('camera-'));
  send({ type: 'look ended', result: looked.result });
}
