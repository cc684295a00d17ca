import type { Notice } from '#consent';
import { useTranslation } from '#i18n';
import { Button } from '#ui';
import type { VisitEvent } from '../visit/machine.ts';
import { Frame } from './frame.tsx';

interface GuardianProps {
  readonly notice: Notice;
  /** The visitor said to be younger: a parent or guardian is asked now. */
  readonly isChild: boolean;
  readonly shopName: string;
  readonly send: (event: VisitEvent) => void;
}

/** Asks whether the visitor may say yes alone, and where not, asks the grown-up. */
export function GuardianScreen({ notice: { texts }, isChild, shopName, send }: GuardianProps) {
  const { t } = useTranslation('kiosk');
  return isChild ? (
    <Frame
      actions={
        <div className="answers">
          <Button action="decline" onPress={() => send({ type: 'decline' })}>
            {t('guardian.decline')}
          </Button>
          <Button action="agree" onPress={() => send({ type: 'agree' })}>
            {texts.guardianAgree}
          </Button>
        </div>
      }
      key="child"
      shopName={shopName}
      step="guardian"
      title={texts.guardianQuestion}
    />
  ) : (
    <Frame
      actions={
        <div className="answers answers-three">
          <Button action="decline" onPress={() => send({ type: 'decline' })}>
            {t('guardian.notMe')}
          </Button>
          <Button action="younger" onPress={() => send({ type: 'younger' })}>
            {texts.younger}
          </Button>
          <Button action="older" onPress={() => send({ type: 'older' })}>
            {texts.older}
          </Button>
        </div>
      }
      key="age"
      shopName={shopName}
      step="guardian"
      title={texts.ageQuestion}
    />
  );
}
