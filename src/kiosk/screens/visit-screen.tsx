import { useTranslation } from '#i18n';
import type { KioskConfig } from '#protocol';
import type { Visit, VisitEvent } from '../visit/machine.ts';
import { stepOf, type VisitState } from '../visit/step.ts';
import { ChooseScreen } from './choose.tsx';
import type { LanguageChoice } from './frame.tsx';
import { GuardianScreen } from './guardian.tsx';
import { LookingScreen } from './looking.tsx';
import { MessageScreen } from './message.tsx';
import { ReceiptScreen } from './receipt.tsx';
import { ResultScreen } from './result.tsx';

export interface VisitScreenProps {
  readonly state: VisitState;
  readonly visit: Visit;
  readonly config: KioskConfig;
  readonly language: string;
  readonly onLanguage: (language: string) => void;
  readonly send: (event: VisitEvent) => void;
}

/** The screen of each state of a visit. It shows the state and sends events, and decides nothing. */
export function VisitScreen({ state, visit, config, language, onLanguage, send }: VisitScreenProps) {
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
          isDetailed={state === 'notice'}
          languageChoice={languageChoice}
          notice={visit.notice}
          wantsDemographics={visit.wantsDemographics}
        />
      );
    case 'guardian':
    case 'guardianOfChild':
      return visit.notice === null ? null : (
        <GuardianScreen {...shared} isChild={state === 'guardianOfChild'} notice={visit.notice} />
      );
    case 'recording':
      return (
        <MessageScreen
          body={t('recording.body')}
          shopName={shopName}
          step="recording"
          title={t('recording.title')}
        />
      );
    case 'looking':
      return <LookingScreen {...shared} camera={visit.camera} place={visit.place} />;
    case 'result':
      return visit.result === null ? null : (
        <ResultScreen
          {...shared}
          language={language}
          mayTryAgain={visit.triesLeft > 0 && visit.result.ending === 'too-many-people'}
          releaseMin={config.settings.releaseMin}
          result={visit.result}
        />
      );
    case 'deleting':
      return <MessageScreen shopName={shopName} step={stepOf(state)} title={t('deleting.title')} />;
    case 'receipt':
      return (
        <ReceiptScreen
          {...shared}
          hasDeleteFailed={visit.hasDeleteFailed}
          isDeleted={visit.isDeleted}
          paper={config.settings.receiptPaper ?? null}
          receipts={visit.recorded?.receipts ?? []}
        />
      );
    case 'declined':
      return (
        <MessageScreen
          body={t('declined.body')}
          button={{ action: 'done', label: t('declined.done'), onPress: () => send({ type: 'done' }) }}
          shopName={shopName}
          step="declined"
          title={t('declined.title')}
        />
      );
    case 'resting':
    case 'attract':
      return null;
  }
}

export { prepareReceipt } from './receipt.tsx';
