import { beforeEach, describe, expect, it, vi } from 'vitest';
import { createActor, type EventObject, fromCallback } from 'xstate';
import type { Grant, Notice } from '#consent';
import type { IssuedReceipt, Tablet, Yes } from '#tablet';
import type { ReceiptId } from '#values';
import type { Vision } from '#vision';
import { watchTroubles } from '../troubles.ts';
import { visitOn } from './actors.ts';
import type { LookResult, Visit, VisitEvent } from './machine.ts';

const notice = {
  texts: { agree: 'Yes, count me', guardianAgree: 'I am the parent', decline: 'No' },
} as Notice;
const receipt = { id: 'first' as ReceiptId } as IssuedReceipt;
const vision = {} as Vision;

/** What the visit asked of the tablet, in order. */
let asked: unknown[];
let isDiskFull: boolean;
let sayLookEnded: (result: LookResult) => void;

const kept = async (what: unknown) => {
  asked.push(what);
  return isDiskFull ? { ok: false as const, reason: 'storage-full' as const } : { ok: true as const };
};
const tablet = {
  recordYes: async (answers: readonly Yes[]) => {
    const done = await kept(answers);
    return done.ok ? { ok: true, grant: {} as Grant, receipts: [receipt] } : done;
  },
  grantAgain: async (ids: readonly ReceiptId[]) => {
    const done = await kept({ again: ids });
    return done.ok ? { ok: true, grant: {} as Grant } : done;
  },
  withdraw: (ids: readonly ReceiptId[], place: string) => kept({ withdraw: ids, place }),
  addToTally: (kind: string) => kept({ tally: kind }),
  settle: async () => (isDiskFull ? { ok: false, reason: 'storage-full' } : { ok: true }),
} as Partial<Tablet> as Tablet;

function startVisit(seen: Vision | null | Promise<Vision | null> = vision) {
  const world = { tablet, vision: async () => seen, troubles: watchTroubles(() => undefined) };
  const look = fromCallback<EventObject, Visit>(({ sendBack }) => {
    sayLookEnded = (result) => sendBack({ type: 'look ended', result });
  });
  return createActor(visitOn(world, { idle: 30_000 }).provide({ actors: { look } })).start();
}

type RunningVisit = ReturnType<typeof startVisit>;
const state = (visit: RunningVisit) => visit.getSnapshot().value;
const arrives = (visit: RunningVisit, where: string) => vi.waitFor(() => expect(state(visit)).toBe(where));
function tap(visit: RunningVisit, ...events: VisitEvent[]): void {
  for (const event of events) visit.send(event);
}
const yes: VisitEvent[] = [
  { type: 'start', notice, answerOrder: 'no-first' },
  { type: 'agree' },
  { type: 'older' },
];

beforeEach(() => {
  asked = [];
  isDiskFull = false;
});

describe('a visit on this tablet', () => {
  it('records the yes with the words on the button that was tapped', async () => {
    const visit = startVisit();
    tap(
      visit,
      { type: 'start', notice, answerOrder: 'no-first' },
      { type: 'demographics', wanted: true },
      { type: 'agree' },
      { type: 'older' },
    );
    await arrives(visit, 'looking');
    expect(asked).toEqual([
      [
        {
          notice,
          purposes: ['count', 'demographics'],
          givenBy: 'visitor',
          buttonLabel: 'Yes, count me',
          answersShown: ['No', 'Yes, count me'],
        },
      ],
    ]);
  });

  it("records a guardian's yes for a child as one, and for being counted alone", async () => {
    const visit = startVisit();
    tap(
      visit,
      { type: 'start', notice, answerOrder: 'no-first' },
      { type: 'demographics', wanted: true },
      { type: 'agree' },
    );
    tap(visit, { type: 'younger' }, { type: 'agree' });
    await arrives(visit, 'looking');
    expect(asked).toEqual([
      [
        {
          notice,
          purposes: ['count'],
          givenBy: 'guardian',
          buttonLabel: 'I am the parent',
          answersShown: ['No', 'I am the parent'],
        },
      ],
    ]);
  });

  it('records each of a group apart, in the order in which the answers stood, and only those who said yes', async () => {
    const visit = startVisit();
    tap(visit, { type: 'start', notice, answerOrder: 'yes-first' }, { type: 'group' });
    tap(visit, { type: 'people', count: 3 }, { type: 'agree' }, { type: 'older' }, { type: 'decline' });
    tap(visit, { type: 'agree' }, { type: 'younger' }, { type: 'agree' });
    await arrives(visit, 'looking');
    const [no, answers] = asked as [unknown, readonly Yes[]];
    expect(no).toEqual({ tally: 'declined' });
    expect(answers.map(({ givenBy, answersShown }) => [givenBy, answersShown])).toEqual([
      ['visitor', ['Yes, count me', 'No']],
      ['guardian', ['I am the parent', 'No']],
    ]);
  });

  it('records of each of a group the notice in the language that this person read', async () => {
    const french = { texts: { ...notice.texts, agree: 'Oui, comptez-moi' } } as Notice;
    const visit = startVisit();
    tap(visit, { type: 'start', notice, answerOrder: 'no-first' }, { type: 'group' });
    tap(visit, { type: 'people', count: 3 }, { type: 'agree' }, { type: 'older' });
    tap(visit, { type: 'language', notice: french }, { type: 'agree' }, { type: 'older' });
    tap(visit, { type: 'language', notice }, { type: 'decline' });
    await arrives(visit, 'looking');
    const [, answers] = asked as [unknown, readonly Yes[]];
    expect(answers.map(({ notice: read, buttonLabel }) => [read, buttonLabel])).toEqual([
      [notice, 'Yes, count me'],
      [french, 'Oui, comptez-moi'],
    ]);
  });

  it('tries once more with the receipt that it has, and asks for no second yes', async () => {
    const visit = startVisit();
    tap(visit, ...yes);
    await arrives(visit, 'looking');
    sayLookEnded({ ending: 'too-many-people', headcount: 0, demographics: null });
    tap(visit, { type: 'again' });
    await arrives(visit, 'looking');
    expect(asked.slice(1)).toEqual([{ again: ['first'] }]);
    expect(visit.getSnapshot().context.recorded?.receipts).toEqual([receipt]);
    sayLookEnded({ ending: 'too-many-people', headcount: 0, demographics: null });
    tap(visit, { type: 'again' });
    expect(state(visit)).toBe('result');
  });

  it('takes back exactly what it recorded when the visitor deletes', async () => {
    const visit = startVisit();
    tap(visit, ...yes);
    await arrives(visit, 'looking');
    sayLookEnded({ ending: 'counted', headcount: 1, demographics: null });
    tap(visit, { type: 'delete' });
    await arrives(visit, 'receipt');
    expect(asked.slice(1)).toEqual([{ withdraw: ['first'], place: 'kiosk' }]);
    expect(visit.getSnapshot().context.isDeleted).toBe(true);
  });

  it('records nothing where there is nothing that could count', async () => {
    const visit = startVisit(null);
    tap(visit, ...yes);
    await arrives(visit, 'resting');
    expect(asked).toEqual([]);
  });

  it('records nothing once the visit is over, however late the networks come', async () => {
    vi.useFakeTimers();
    const loading = Promise.withResolvers<Vision>();
    const visit = startVisit(loading.promise);
    tap(visit, ...yes);
    await vi.advanceTimersByTimeAsync(25_000);
    expect(state(visit)).toBe('resting');
    loading.resolve(vision);
    await vi.advanceTimersByTimeAsync(1_000);
    expect(asked).toEqual([]);
    vi.useRealTimers();
  });

  it('says that it saves only once the networks are warm, and before that that it gets ready', async () => {
    const loading = Promise.withResolvers<Vision>();
    const visit = startVisit(loading.promise);
    tap(visit, ...yes);
    expect(state(visit)).toBe('recording');
    expect(visit.getSnapshot().context.isSaving).toBe(false);
    const said: boolean[] = [];
    visit.subscribe(({ value, context }) => value === 'recording' && said.push(context.isSaving));
    loading.resolve(vision);
    await arrives(visit, 'looking');
    expect(said).toEqual([true]);
  });

  it('says that it stops from the tap on, for as long as that takes', async () => {
    const visit = startVisit();
    tap(visit, ...yes);
    await arrives(visit, 'looking');
    tap(visit, { type: 'stop' });
    expect(state(visit)).toBe('looking');
    expect(visit.getSnapshot().context.isStopping).toBe(true);
    sayLookEnded({ ending: 'stopped', headcount: 0, demographics: null });
    expect(state(visit)).toBe('result');
  });

  it('that is stopped while the networks are loaded anew opens no camera and waits for nothing', async () => {
    const never = new Promise<null>(() => undefined);
    const answers = [Promise.resolve(vision), never];
    const world = {
      tablet,
      vision: () => answers.shift() ?? never,
      troubles: watchTroubles(() => undefined),
    };
    const visit = createActor(visitOn(world, { idle: 30_000 })).start();
    tap(visit, ...yes);
    await arrives(visit, 'looking');
    tap(visit, { type: 'stop' });
    await arrives(visit, 'result');
    expect(visit.getSnapshot().context.result?.ending).toBe('stopped');
  });

  it('shows the receipt where a second try has no room, and rests only after it', async () => {
    const visit = startVisit();
    tap(visit, ...yes);
    await arrives(visit, 'looking');
    sayLookEnded({ ending: 'too-many-people', headcount: 0, demographics: null });
    isDiskFull = true;
    tap(visit, { type: 'again' });
    await arrives(visit, 'receipt');
    expect(visit.getSnapshot().context.recorded?.receipts).toEqual([receipt]);
    tap(visit, { type: 'done' });
    await arrives(visit, 'resting');
  });

  it('opens no camera where the yes could not be kept, and rests', async () => {
    isDiskFull = true;
    const visit = startVisit();
    tap(visit, ...yes);
    await arrives(visit, 'resting');
  });

  it('says that it rests where not even a no could be added to the tally', async () => {
    isDiskFull = true;
    const visit = startVisit();
    tap(visit, { type: 'start', notice, answerOrder: 'no-first' }, { type: 'decline' });
    await arrives(visit, 'resting');
    expect(asked).toEqual([{ tally: 'declined' }]);
  });
});
