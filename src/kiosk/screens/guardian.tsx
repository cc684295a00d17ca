import type { Notice } from '#consent';
import { useTranslation } from '#i18n';
import { Button } from '#ui';
import type { AnswerOrder, VisitEvent } from '../visit/machine.ts';
import { Answers } from './answers.tsx';
import { FirstLayer } from './choose.tsx';
import { Frame, type LanguageChoice } from './frame.tsx';
import { AgePicture } from './visit-pictures.tsx';

interface GuardianProps {
  readonly notice: Notice;
  /** The visitor said to be younger: a parent or guardian is asked now. */
  readonly isChild: boolean;
  readonly answerOrder: AnswerOrder;
  readonly shopName: string;
  readonly languageChoice: LanguageChoice;
  readonly send: (event: VisitEvent) => void;
}

/** Asks whether the visitor may say yes alone, and where not, asks the grown-up, who reads first what the visitor read. */
export function GuardianScreen({
  notice,
  isChild,
  answerOrder,
  shopName,
  languageChoice,
  send,
}: GuardianProps) {
  const { texts } = notice;
  const { t } = useTranslation('kiosk');
  return isChild ? (
    <Frame
      actions={
        <Answers order={answerOrder}>
          <Button action="decline" onPress={() => send({ type: 'decline' })}>
            {texts.decline}
          </Button>
          <Button action="agree" onPress={() => send({ type: 'agree' })}>
            {texts.guardianAgree}
          </Button>
        </Answers>
      }
      aside={
        <Button action="back" look="plain" onPress={() => send({ type: 'back' })}>
          {t('guardian.back')}
        </Button>
      }
      key="child"
      languageChoice={languageChoice}
      look="guardian-of-child"
      shopName={shopName}
      step="guardian"
      title={texts.guardianQuestion}
    >
      <FirstLayer notice={notice} />
    </Frame>
  ) : (
    <Frame
      actions={
        <Answers order={answerOrder}>
          <Button action="decline" onPress={() => send({ type: 'decline' })}>
            {texts.notMe ?? t('guardian.notMe')}
          </Button>
          <Button action="younger" onPress={() => send({ type: 'younger' })}>
            {texts.younger}
          </Button>
          <Button action="older" onPress={() => send({ type: 'older' })}>
            {texts.older}
          </Button>
        </Answers>
      }
      key="age"
      shopName={shopName}
      step="guardian"
      title={texts.ageQuestion}
    >
      <AgePicture />
    </Frame>
  );
}
