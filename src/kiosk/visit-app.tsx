import { useMachine } from '@xstate/react';
import { lazy, Suspense, useCallback, useEffect, useMemo, useState, useSyncExternalStore } from 'react';
import { currentLanguage, useTranslation } from '#i18n';
import { keepUpdated, type Tablet } from '#tablet';
import { SECOND_MS } from '#values';
import { resetAids } from './aids.ts';
import { troublesAfter } from './crash-note.ts';
import { noticeIn } from './notice-in.ts';
import { isOpenAt } from './opening-hours.ts';
import { pickLanguage } from './pick-language.ts';
import { reloadSoon } from './reload-soon.ts';
import { AttractScreen } from './screens/attract.tsx';
import { Branded } from './screens/branded.tsx';
import { MessageScreen } from './screens/message.tsx';
import { type RestingReason, RestingScreen } from './screens/resting.tsx';
import { spareScreen } from './spare-screen.ts';
import { type Troubles, watchTroubles } from './troubles.ts';
import { useQuiet } from './use-quiet.ts';
import { visitOn } from './visit/actors.ts';
import type { AnswerOrder } from './visit/machine.ts';
import { stepOf } from './visit/step.ts';
import { READING_EVENT } from './voice.ts';
import { sayWhile } from './waits.ts';
import { warmVision } from './warm-vision.ts';
import type { Glanced, Wish } from './wish.ts';

/** Nobody reads the screens of a visit before they tapped Start, so the first page comes without them. */
const loadVisitScreens = () => import('./screens/visit-screen.tsx');
const VisitScreen = lazy(() =>
  sayWhile(loadVisitScreens()).then((module) => ({ default: module.VisitScreen })),
);
/** What few who stand at the kiosk open is not part of its first page; an idle kiosk loads it. */
const loadNumbers = () => import('./local-numbers/local-numbers.tsx');
const LocalNumbers = lazy(() => sayWhile(loadNumbers()).then((module) => ({ default: module.LocalNumbers })));
const loadTakeBack = () => import('./take-back/take-back.tsx');
const TakeBack = lazy(() => sayWhile(loadTakeBack()).then((module) => ({ default: module.TakeBack })));

/** Nothing that a visitor set or left on the screen stays longer once the screen waits again. */
const NEXT_VISITOR_MS = 10 * SECOND_MS;

interface VisitAppProps {
  readonly tablet: Tablet;
  /** Null where the attract screen was not there before. */
  readonly glanced: Glanced | null;
}

/** The kiosk of an opened tablet: runs one visit after another, each in the shop's first language until somebody picks another. */
export function VisitApp(props: VisitAppProps) {
  const { settings } = useSyncExternalStore(props.tablet.onChange, props.tablet.config);
  return (
    <Branded brand={settings.brand}>
      <Visits {...props} />
    </Branded>
  );
}

function Visits({ tablet, glanced }: VisitAppProps) {
  // The language that the page is in, and no other: one that was tapped before the tablet was open may come only now.
  const {
    t,
    i18n: { language },
  } = useTranslation('kiosk');
  const config = useSyncExternalStore(tablet.onChange, tablet.config);
  const refusal = useSyncExternalStore(tablet.onChange, tablet.refusal);
  const firstLanguage = config.shop.languages[0] ?? 'en';
  const idleMs = config.settings.idleSeconds * SECOND_MS;
  const [aside, setAside] = useState(asideOf(glanced?.wish ?? null));
  const troubles = useMemo(() => watchTroubles((problem) => tablet.setHealth({ problem })), [tablet]);
  // Here and not in an effect: a page that crashes while it is drawn has none.
  const crash = useMemo(() => troublesAfter(troubles), [troubles]);
  const [isPartMissing, setIsPartMissing] = useState(false);
  const vision = useMemo(
    () => warmVision(tablet, troubles, () => setIsPartMissing(true)),
    [tablet, troubles],
  );
  const machine = useMemo(
    () =>
      visitOn(
        {
          tablet,
          vision: vision.ready,
          troubles,
        },
        { idle: idleMs },
      ),
    [tablet, troubles, vision, idleMs],
  );
  const [state, send] = useMachine(machine);
  const step = stepOf(state.value);
  const isIdle = step === 'attract' && aside === null;

  useEffect(() => {
    send({ type: 'language', notice: noticeIn(tablet.config(), language) });
  }, [language, send, tablet]);

  // The next visitor finds the shop's own language and the usual screen, also where the one before only tried another.
  // biome-ignore lint/correctness/useExhaustiveDependencies: who waited for a language has as long to read in it as who had it at once
  const beginAnew = useCallback(() => {
    resetAids();
    for (const sheet of document.querySelectorAll('dialog')) sheet.close();
    // Also where the page is in it: one that was picked and is still on its way is called off.
    pickLanguage(firstLanguage);
  }, [language, firstLanguage]);
  useQuiet(isIdle ? Math.min(NEXT_VISITOR_MS, idleMs) : null, beginAnew);

  const [isUpdating, setIsUpdating] = useState(false);
  const [updates] = useState(() =>
    keepUpdated({
      isIdle: () => document.documentElement.dataset.idle === 'true',
      onApply: () => setIsUpdating(true),
    }),
  );
  useEffect(() => {
    document.documentElement.dataset.idle = String(isIdle);
    if (isIdle) {
      vision.begin();
      prepareScreens();
      updates.applyIfWaiting();
    }
  }, [isIdle, vision, updates]);
  useEffect(() => crash.seen(step), [crash, step]);
  // Between visits, and under nobody's hands: from the rest on no visit can start that a page which is loaded anew would end.
  useEffect(() => {
    if (!isPartMissing || aside !== null) return;
    if (step === 'attract') send({ type: 'vision failed' });
    if (step === 'resting') reloadSoon();
  }, [isPartMissing, aside, step, send]);
  useEffect(() => () => void delete document.documentElement.dataset.idle, []);

  useEffect(() => {
    const touched = () => send({ type: 'touched' });
    addEventListener('pointerdown', touched);
    addEventListener('keydown', touched);
    // Who listens to what is on the screen is there.
    addEventListener(READING_EVENT, touched);
    return () => {
      removeEventListener('pointerdown', touched);
      removeEventListener('keydown', touched);
      removeEventListener(READING_EVENT, touched);
    };
  }, [send]);

  // Whoever tapped Start before the tablet was open does not have to tap again.
  const [mustStart, setMustStart] = useState(glanced?.wish === 'start');
  // biome-ignore lint/correctness/useExhaustiveDependencies: a tap is carried out once
  useEffect(() => {
    if (mustStart) void start().then(() => setMustStart(false));
  }, []);

  // The same screen stood there a moment ago: its taps count from the first moment on. After a visit it is a new one.
  const [isSeen, setIsSeen] = useState(glanced !== null && glanced.wish === null);
  useEffect(() => {
    if (!isIdle) setIsSeen(false);
  }, [isIdle]);

  const { openingHours, surroundings } = config.settings;
  const { timeZone } = config.shop;
  useEffect(
    () => spareScreen(document, () => isOpenAt(openingHours, tablet.now(), timeZone)),
    [openingHours, timeZone, tablet],
  );
  useEffect(() => {
    document.documentElement.dataset.surroundings = surroundings ?? '';
  }, [surroundings]);

  const closeAside = useCallback(() => setAside(null), []);
  if (isUpdating || (mustStart && isIdle))
    return <MessageScreen shopName={config.shop.name} step="resting" title={t('starting')} />;
  if (aside !== null) {
    return (
      <Suspense fallback={null}>
        {aside === 'numbers' ? (
          <LocalNumbers language={language} onClose={closeAside} tablet={tablet} />
        ) : (
          <TakeBack onClose={closeAside} tablet={tablet} />
        )}
      </Suspense>
    );
  }
  if (step === 'attract' && refusal !== null) {
    return <RestingScreen reason={refusal} shopName={config.shop.name} />;
  }
  if (step === 'resting') {
    const reason = isPartMissing ? 'crashed' : reasonToRest(troubles.gravest());
    return <RestingScreen reason={reason} shopName={config.shop.name} />;
  }
  if (step === 'attract') {
    return (
      <AttractScreen
        isSeen={isSeen}
        language={language}
        languages={config.shop.languages}
        onLanguage={pickLanguage}
        onStaff={() => setAside('numbers')}
        onTakeBack={() => setAside('take-back')}
        onStart={() => void start()}
        shopName={config.shop.name}
      />
    );
  }
  return (
    <Suspense fallback={null}>
      <VisitScreen
        config={config}
        language={language}
        onLanguage={pickLanguage}
        send={send}
        state={state.value}
        visit={state.context}
      />
    </Suspense>
  );

  /** The screens are there long before anybody taps; where they could not be had, the page begins anew. */
  async function start(): Promise<void> {
    try {
      await sayWhile(loadVisitScreens());
    } catch {
      return location.reload();
    }
    tablet.beginVisit();
    send({
      type: 'start',
      notice: noticeIn(tablet.config(), currentLanguage()),
      answerOrder: drawAnswerOrder(),
    });
  }
}

/** A kiosk that rests without a trouble that staff could mend has not got ready in time. */
function reasonToRest(trouble: ReturnType<Troubles['gravest']>): RestingReason {
  if (trouble === 'vision-unavailable') return 'vision';
  return trouble === 'storage-full' ? 'storage' : 'not-ready';
}

type Aside = 'numbers' | 'take-back' | null;

function asideOf(wish: Wish | null): Aside {
  if (wish === 'staff') return 'numbers';
  return wish === 'take-back' ? wish : null;
}

/** So that they open at once, and without a network. Where that fails, opening them tries again. */
function prepareScreens(): void {
  const loading = [
    loadVisitScreens().then(({ prepareReceipt }) => prepareReceipt()),
    loadNumbers().then(({ prepareNumbers }) => prepareNumbers()),
    loadTakeBack(),
  ];
  for (const part of loading) part.catch(() => undefined);
}

function drawAnswerOrder(): AnswerOrder {
  return Math.random() < 1 / 2 ? 'no-first' : 'yes-first';
}
