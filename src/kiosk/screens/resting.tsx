import { useTranslation } from '#i18n';
import type { StandingRefusal } from '#tablet';
import { MessageScreen } from './message.tsx';

/** Why a kiosk asks nobody, as its staff read it. */
export type RestingReason =
  | StandingRefusal
  | 'storage'
  | 'not-ready'
  | 'vision'
  | 'storage-lost'
  | 'storage-failed'
  | 'other-window'
  | 'crashed'
  | 'not-secure'
  | 'server-unreachable';

interface RestingProps {
  readonly reason: RestingReason;
  readonly shopName?: string;
}

/** Asks nobody: visitors just walk in, and staff read why. */
export function RestingScreen({ reason, ...shop }: RestingProps) {
  const { t } = useTranslation('kiosk');
  return (
    <MessageScreen
      {...shop}
      body={t('resting.body')}
      note={t('resting.staff', { reason: t(`resting.reason.${reason}`) })}
      step="resting"
      title={t('resting.title')}
    />
  );
}
