import type { Notice } from '#consent';
import { useTranslation } from '#i18n';
import { Button } from '#ui';
import type { AnswerOrder, VisitEvent } from '../visit/machine.ts';
import { Answers } from './answers.tsx';
import { Frame } from './frame.tsx';
import { AgePicture } from './visit-pictures.tsx';

interface GuardianProps {
  readonly notice: Notice;
  /** The visitor said to be younger: a parent or guardian is asked now. */
  readonly isChild: boolean;
  readonly answerOrder: AnswerOrder;
  readonly shopName: string;
  readonly send: (event: VisitEvent) => void;
}

/** Asks whether the visitor may say yes alone, and where not, asks the grown-up. */
export function GuardianScreen({ notice: { texts }, isChild, answerOrder, shopName, send }: GuardianProps) {
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
      key="child"
      shopName={shopName}
      step="guardian"
      title={texts.guardianQuestion}
    >
      <AgePicture />
    </Frame>
  ) : (
    <Frame
      actions={
        <Answers order={answerOrder}>
          <Button action="decline" onPress={() => send({ type: 'decline' })}>
            {t('guardian.notMe')}
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
