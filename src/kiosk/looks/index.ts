/**
 * Looks one after another, for measuring what a page holds after very many. Everything is as in a visit (the receipt on disk, the grant, the
 * camera, the worker of its own, the ledger) but for the screens, and for the time that a visitor takes. Apart from `#kiosk`: no build that
 * is shipped holds any of it.
 */
import { WIDEST_PLACE } from '#camera';
import { openTablet, type Tablet } from '#tablet';
import { noticeIn } from '../notice-in.ts';
import { watchTroubles } from '../troubles.ts';
import { runLook } from '../visit/run-look.ts';
import { type WarmVision, warmVision } from '../warm-vision.ts';

/** What one look was, and where its time went. */
export interface LookAlone {
  readonly ending: string;
  readonly headcount: number;
  /** Until a worker was warm. */
  readonly warmMs: number;
  /** Until the receipt was on disk. */
  readonly recordMs: number;
  /** From there to the look's end in the ledger. */
  readonly lookMs: number;
}

/** Opens the tablet, and leaves `lookOnce` and `untilWarm` in the window for whoever measures. */
export function mount(root: HTMLElement): void {
  void open().then(
    ({ tablet, vision }) => {
      Object.assign(window, {
        lookOnce: () => lookOnce(tablet, vision),
        untilWarm: async () => (await vision.ready()) !== null,
      });
      root.dataset.looks = 'ready';
    },
    (error: unknown) => reportError(error),
  );
}

async function open() {
  const opened = await openTablet(null, import.meta.env.VITE_VERSION);
  if (!opened.ok) throw new Error(`The tablet did not open: ${opened.reason}.`);
  const { tablet } = opened;
  const troubles = watchTroubles((problem) => tablet.setHealth({ problem }));
  return { tablet, vision: warmVision(tablet, troubles, () => undefined) };
}

async function lookOnce(tablet: Tablet, warm: WarmVision): Promise<LookAlone> {
  const begun = performance.now();
  tablet.beginVisit();
  const vision = await warm.ready();
  if (vision === null) throw new Error('There is no worker that counts.');
  const warmAt = performance.now();
  const notice = noticeIn(tablet.config(), 'en');
  const { agree, decline } = notice.texts;
  const recorded = await tablet.recordYes([
    { notice, purposes: ['count'], givenBy: 'visitor', buttonLabel: agree, answersShown: [decline, agree] },
  ]);
  if (!recorded.ok) throw new Error(`The yes was not recorded: ${recorded.reason}.`);
  const recordedAt = performance.now();
  const looked = await runLook(recorded.grant, {
    tablet,
    vision,
    signal: new AbortController().signal,
    place: WIDEST_PLACE,
    isAiming: false,
    onCamera: () => undefined,
  });
  if (!looked.ok) throw new Error(`The look was not recorded: ${looked.reason}.`);
  const endedAt = performance.now();
  await tablet.settle();
  return {
    ending: looked.result.ending,
    headcount: looked.result.headcount,
    warmMs: warmAt - begun,
    recordMs: recordedAt - warmAt,
    lookMs: endedAt - recordedAt,
  };
}
