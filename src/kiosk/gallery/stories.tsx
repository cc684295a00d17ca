import type { ReactNode } from 'react';
import type { Notice, WithdrawalCode } from '#consent';
import type { Demographics } from '#counting';
import { useTranslation } from '#i18n';
import { LOOK_ENDINGS, type LookEnding } from '#ledger';
import type { Brand, KioskConfig } from '#protocol';
import type { IssuedReceipt } from '#tablet';
import type { ReceiptId } from '#values';
import { PinPad } from '../local-numbers/pin-pad.tsx';
import { noticeIn } from '../notice-in.ts';
import { AttractScreen } from '../screens/attract.tsx';
import { Branded } from '../screens/branded.tsx';
import { Frame } from '../screens/frame.tsx';
import { MessageScreen } from '../screens/message.tsx';
import { PairingScreen } from '../screens/pairing.tsx';
import { type RestingReason, RestingScreen } from '../screens/resting.tsx';
import { VisitScreen } from '../screens/visit-screen.tsx';
import { TakeBack, TakenBack } from '../take-back/take-back.tsx';
import { freshVisit, type Visit, type Yes } from '../visit/machine.ts';
import type { VisitState } from '../visit/step.ts';
import { paintedCamera } from './painted-camera.ts';
import { paintedLogo } from './painted-logo.ts';
import '../kiosk.css';

/** The shop and the language that a story is told in. */
interface Stage {
  readonly config: KioskConfig;
  readonly language: string;
}

type Story = (stage: Stage) => ReactNode;

const nothing = (): void => undefined;

const issued: IssuedReceipt = {
  id: 'AAAAAAAAAAAAAAAAAAAAAA' as ReceiptId,
  purposes: ['count'],
  link: `https://askfirst.example/r/AAAAAAAAAAAAAAAAAAAAAA#${'A'.repeat(22)}.${'A'.repeat(43)}`,
  code: 'ABCDEFGH' as WithdrawalCode,
};
const grant = { receipts: [issued] } as unknown as NonNullable<Visit['recorded']>['grant'];
const group = Array.from({ length: 3 }, (_, index) => ({
  ...issued,
  link: issued.link.replaceAll('A', 'CDE'.charAt(index)),
  code: 'CDE'.charAt(index).repeat(8) as WithdrawalCode,
}));
const yes: Yes = { notice: {} as Notice, givenBy: 'visitor', wantsDemographics: false };
const recorded = { grant, receipts: [issued] };

/** A moment of a visit, shown by the very screen that shows it to visitors. */
function visit(state: VisitState, change: Partial<Visit> = {}): Story {
  return ({ config, language }) => (
    <VisitScreen
      config={config}
      language={language}
      onLanguage={nothing}
      send={nothing}
      state={state}
      visit={{ ...freshVisit, notice: noticeIn(config, language), recorded, ...change }}
    />
  );
}

function result(
  ending: LookEnding,
  demographics: Demographics | null = null,
  state: 'result' | 'resultCovered' = 'result',
): Story {
  return visit(state, {
    triesLeft: 1,
    result: { ending, headcount: ending === 'counted' ? 1 : 0, demographics },
  });
}

/** The same at a kiosk with a receipt printer. */
function withPrinter(receiptPaper: '58mm' | '80mm', story: Story): Story {
  return ({ config, language }) =>
    story({ config: { ...config, settings: { ...config.settings, receiptPaper } }, language });
}

/** The same at a shop with a look of its own. */
function inBrand(brand: Brand, story: Story): Story {
  return ({ config, language }) => (
    <Branded brand={brand}>
      {story({ config: { ...config, settings: { ...config.settings, brand } }, language })}
    </Branded>
  );
}

/** Too pale for white words and too dark for black ones, so that both surroundings have to change it. */
const PINK: Brand = { colour: '#e4007c', logo: paintedLogo };
/** As pale as a colour can be. */
const YELLOW: Brand = { colour: '#fff200' };

const attract: Story = ({ config, language }) => (
  <AttractScreen
    language={language}
    languages={config.shop.languages}
    onLanguage={nothing}
    onStaff={nothing}
    onStart={nothing}
    onTakeBack={nothing}
    shopName={config.shop.name}
  />
);

/** All reasons by name, so that a new one does not compile until it has its story. */
const RESTING: Readonly<Record<RestingReason, true>> = {
  storage: true,
  'not-ready': true,
  crashed: true,
  vision: true,
  'storage-lost': true,
  'storage-failed': true,
  'other-window': true,
  'not-secure': true,
  'server-unreachable': true,
  'not-paired': true,
  forked: true,
  'server-behind': true,
};

const isCounted: Partial<Visit> = { result: { ending: 'counted', headcount: 1, demographics: null } };
const endings = LOOK_ENDINGS.filter((ending) => ending !== 'counted');

/** Every screen of the kiosk in every state that looks different, by name. */
export const kioskStories: Readonly<Record<string, Story>> = {
  attract,
  choose: visit('choose'),
  'choose-ticked': visit('choose', { wantsDemographics: true }),
  notice: visit('notice'),
  'choose-yes-first': visit('choose', { answerOrder: 'yes-first' }),
  group: visit('group'),
  'choose-in-a-group': visit('choose', { people: 3, person: 2 }),
  age: visit('guardian'),
  guardian: visit('guardianOfChild'),
  'recording-getting-ready': visit('recording'),
  recording: visit('recording', { isSaving: true }),
  'looking-opening': visit('looking'),
  looking: visit('looking', { camera: paintedCamera, yeses: [yes] }),
  'looking-stopping': visit('looking', { camera: paintedCamera, yeses: [yes], isStopping: true }),
  'looking-group': visit('looking', { camera: paintedCamera, yeses: [yes, yes] }),
  'result-counted': result('counted'),
  'result-estimate': result('counted', { band: '25-39', gender: 'female' }),
  'result-estimate-covered': result('counted', { band: '25-39', gender: 'female' }, 'resultCovered'),
  'result-not-sure': result('counted', { band: 'not-sure', gender: 'not-sure' }),
  ...Object.fromEntries(endings.map((ending) => [`result-${ending}`, result(ending)])),
  deleting: visit('deleting'),
  receipt: visit('receipt', isCounted),
  'receipt-covered': visit('receiptCovered', isCounted),
  'receipt-group-covered': visit('receiptCovered', { ...isCounted, recorded: { grant, receipts: group } }),
  'receipt-group': visit('receipt', { ...isCounted, recorded: { grant, receipts: group } }),
  'receipt-58mm': withPrinter('58mm', visit('receipt', isCounted)),
  'receipt-80mm': withPrinter('80mm', visit('receipt', isCounted)),
  'receipt-deleted': visit('receipt', { isDeleted: true }),
  'receipt-not-deleted': visit('receipt', { hasDeleteFailed: true }),
  'receipt-uncounted': visit('receipt'),
  declined: visit('declined'),
  'attract-brand': inBrand(PINK, attract),
  'choose-brand': inBrand(PINK, visit('choose', { wantsDemographics: true })),
  'choose-brand-pale': inBrand(YELLOW, visit('choose')),
  'take-back': ({ config }) => (
    <TakeBack
      onClose={nothing}
      tablet={{ config: () => config, withdrawByCode: () => Promise.resolve({ ok: false, reason: 'wrong' }) }}
    />
  ),
  'taken-back': ({ config }) => <TakenBack answer="done" onClose={nothing} shopName={config.shop.name} />,
  'taken-back-late': ({ config }) => (
    <TakenBack answer="late" onClose={nothing} shopName={config.shop.name} />
  ),
  starting: () => <Starting />,
  pairing: () => <PairingScreen hasFailed={false} onCode={nothing} />,
  'pairing-wrong': () => <PairingScreen hasFailed onCode={nothing} />,
  'staff-pin': () => <StaffPin />,
  ...Object.fromEntries(
    (Object.keys(RESTING) as RestingReason[]).map((reason) => [
      `resting-${reason}`,
      ({ config }: Stage) => <RestingScreen reason={reason} shopName={config.shop.name} />,
    ]),
  ),
};

function Starting() {
  const { t } = useTranslation('kiosk');
  return <MessageScreen step="resting" title={t('starting')} />;
}

function StaffPin() {
  const { t } = useTranslation('kiosk');
  return (
    <Frame look="staff-pin" step="attract" title={t('staff.pin')}>
      <PinPad check={() => Promise.resolve({ ok: false, reason: 'wrong' })} onOpen={nothing} />
    </Frame>
  );
}
