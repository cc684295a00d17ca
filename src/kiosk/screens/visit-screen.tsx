import { useTranslation } from '#i18n';
import type { KioskConfig } from '#protocol';
import { SECOND_MS } from '#values';
import type { Visit, VisitEvent } from '../visit/machine.ts';
import { stepOf, type VisitState } from '../visit/step.ts';
import { ChooseScreen } from './choose.tsx';
import type { LanguageChoice } from './frame.tsx';
import { GroupScreen } from './group.tsx';
import { GuardianScreen } from './guardian.tsx';
import { LookingScreen } from './looking.tsx';
import { MessageScreen } from './message.tsx';
import { CameraOffPicture } from './pictures.tsx';
import { ReceiptScreen } from './receipt.tsx';
import { ResultScreen } from './result.tsx';
import { StillThere } from './still-there.tsx';
import { OpenDoorPicture } from './visit-pictures.tsx';

export interface VisitScreenProps {
  readonly state: VisitState;
  readonly visit: Visit;
  readonly config: KioskConfig;
  readonly language: string;
  readonly onLanguage: (language: string) => void;
  readonly send: (event: VisitEvent) => void;
}

/** The screens on which a visitor is waited for, each for as long as the shop's settings say. The receipt's own cover says that it goes. */
const WAITING: ReadonlySet<VisitState> = new Set([
  'choose',
  'notice',
  'group',
  'guardian',
  'guardianOfChild',
  'result',
  'resultCovered',
]);

/** A visit's screen, and before it starts over by itself the question whether somebody needs more time. */
export function VisitScreen(props: VisitScreenProps) {
  const { state, visit, config, send } = props;
  return (
    <>
      <ScreenOf {...props} />
      {WAITING.has(state) ? (
        <StillThere
          idleMs={config.settings.idleSeconds * SECOND_MS}
          key={`${state} ${visit.person}`}
          onMoreTime={() => send({ type: 'touched' })}
        />
      ) : null}
    </>
  );
}

/** The screen of each state of a visit. It shows the state and sends events, and decides nothing. */
function ScreenOf({ state, visit, config, language, onLanguage, send }: VisitScreenProps) {
  const { t } = useTranslation('kiosk');
  const shopName = config.shop.name;
  const languageChoice: LanguageChoice = { language, languages: config.shop.languages, onLanguage };
  const shared = { shopName, send };
  switch (state) {
    case 'choose':
    case 'notice':
      return visit.notice === null ? null : (
        <ChooseScreen
          {...shared}
          answerOrder={visit.answerOrder}
          isDetailed={state === 'notice'}
          key={visit.person}
          languageChoice={languageChoice}
          notice={visit.notice}
          people={visit.people}
          person={visit.person}
          wantsDemographics={visit.wantsDemographics}
        />
      );
    case 'group':
      return <GroupScreen {...shared} languageChoice={languageChoice} />;
    case 'guardian':
    case 'guardianOfChild':
      return visit.notice === null ? null : (
        <GuardianScreen
          {...shared}
          answerOrder={visit.answerOrder}
          isChild={state === 'guardianOfChild'}
          languageChoice={languageChoice}
          notice={visit.notice}
        />
      );
    case 'recording':
      return (
        <MessageScreen
          body={t('recording.body')}
          picture={<CameraOffPicture />}
          shopName={shopName}
          step="recording"
          title={visit.isSaving ? t('recording.title') : t('recording.ready')}
        />
      );
    case 'looking':
      return (
        <LookingScreen
          {...shared}
          camera={visit.camera}
          isStopping={visit.isStopping}
          people={visit.yeses.length}
          place={visit.place}
        />
      );
    case 'result':
    case 'resultCovered':
      return visit.result === null ? null : (
        <ResultScreen
          {...shared}
          isCovered={state === 'resultCovered'}
          mayTryAgain={visit.triesLeft > 0 && visit.result.ending === 'too-many-people'}
          releaseMin={config.settings.releaseMin}
          result={visit.result}
        />
      );
    case 'deleting':
      return (
        <MessageScreen
          look="message"
          picture={<CameraOffPicture />}
          shopName={shopName}
          step={stepOf(state)}
          title={t('deleting.title')}
        />
      );
    case 'receipt':
    case 'receiptCovered':
    case 'receiptLonger':
      return (
        <ReceiptScreen
          {...shared}
          hasDeleteFailed={visit.hasDeleteFailed}
          isCovered={state === 'receiptCovered'}
          isDeleted={visit.isDeleted}
          isUncounted={visit.result === null}
          linkDays={config.controller.retention.linkDays}
          paper={config.settings.receiptPaper ?? null}
          receipts={visit.recorded?.receipts ?? []}
        />
      );
    case 'declined':
      return (
        <MessageScreen
          body={t('declined.body')}
          picture={<OpenDoorPicture />}
          button={{ action: 'done', label: t('declined.done'), onPress: () => send({ type: 'done' }) }}
          shopName={shopName}
          step="declined"
          title={t('declined.title')}
        />
      );
    case 'answeredNo':
    case 'nextPerson':
    case 'resting':
    case 'attract':
      return null;
  }
}

export { prepareReceipt } from './receipt.tsx';
