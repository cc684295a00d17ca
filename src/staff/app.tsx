import { useEffect, useState, useSyncExternalStore } from 'react';
import { useTranslation } from '#i18n';
import type { Entrance } from './entrance/entrance.ts';
import type { StaffFault } from './faults.ts';
import { RetentionScreen } from './retention/retention-screen.tsx';
import { CrashGuard } from './screens/crash-guard.tsx';
import { Frame } from './screens/frame.tsx';
import { PagePicker } from './screens/page-picker.tsx';
import type { Page } from './screens/pages.ts';
import { SignInScreen } from './screens/sign-in.tsx';
import type { StaffClient } from './server-client.ts';
import { TodayScreen } from './today/today-screen.tsx';

interface StaffAppProps {
  readonly client: StaffClient;
  readonly entrance: Entrance;
}

/** Outside: how to get in. Inside: today of a shop, live, and for an officer or administrator more. */
export function StaffApp({ client, entrance }: StaffAppProps) {
  const { t, i18n } = useTranslation('staff');
  useEffect(() => {
    document.title = i18n.t('pageTitle', { ns: 'staff' });
  });
  return (
    <CrashGuard body={t('crash.body')} title={t('crash.title')}>
      <Standing client={client} entrance={entrance} />
    </CrashGuard>
  );
}

function Standing({ client, entrance }: StaffAppProps) {
  const { t } = useTranslation('staff');
  const standing = useSyncExternalStore(entrance.subscribe, entrance.standing);
  const [page, setPage] = useState<Page>('today');
  const [signOutFault, setSignOutFault] = useState<StaffFault | null>(null);
  if (standing.state === 'entering') return <Frame notice={t('entering')} />;
  if (standing.state === 'outside') return <SignInScreen retry={standing.retry} why={standing.why} />;
  const { role, shops } = standing.session;
  const mayChoose = role !== 'staff';
  return (
    <Frame
      pages={mayChoose ? <PagePicker onPage={setPage} page={page} /> : null}
      person={standing.session}
      onSignOut={() => void entrance.signOut().then(setSignOutFault)}
      {...(signOutFault === null ? {} : { alert: t(`fault.${signOutFault}`) })}
    >
      {mayChoose && page === 'retention' ? (
        <RetentionScreen client={client} onSignedOut={entrance.sessionEnded} />
      ) : (
        <TodayScreen client={client} onSignedOut={entrance.sessionEnded} shops={shops} />
      )}
    </Frame>
  );
}
