import { Suspense, useEffect, useState, useSyncExternalStore } from 'react';
import { useTranslation } from '#i18n';
import type { Entrance } from './entrance/entrance.ts';
import type { StaffFault } from './faults.ts';
import { CrashGuard } from './screens/crash-guard.tsx';
import { Frame } from './screens/frame.tsx';
import { SignInScreen } from './screens/sign-in.tsx';
import { SectionNav } from './sections/section-nav.tsx';
import { SECTIONS, type SectionId } from './sections/sections.ts';
import { usePlace } from './sections/use-place.ts';
import type { StaffClient } from './server-client.ts';

interface StaffAppProps {
  readonly client: StaffClient;
  readonly entrance: Entrance;
}

/** Outside: how to get in. Inside: the sections of one's role, today of a shop first. */
export function StaffApp({ client, entrance }: StaffAppProps) {
  const { t } = useTranslation('staff');
  useEffect(() => {
    document.title = t('pageTitle');
  }, [t]);
  return (
    <CrashGuard body={t('crash.body')} title={t('crash.title')}>
      <Standing client={client} entrance={entrance} />
    </CrashGuard>
  );
}

function Standing({ client, entrance }: StaffAppProps) {
  const { t } = useTranslation('staff');
  const standing = useSyncExternalStore(entrance.subscribe, entrance.standing);
  const { place, go } = usePlace();
  const [signOutFault, setSignOutFault] = useState<StaffFault | null>(null);
  if (standing.state === 'entering') return <Frame notice={t('entering')} />;
  if (standing.state === 'outside') return <SignInScreen retry={standing.retry} why={standing.why} />;
  const { session } = standing;
  const open =
    SECTIONS.find(({ id, roles }) => id === place.section && roles.includes(session.role)) ?? SECTIONS[0];
  const shop = session.shops.find(({ id }) => id === place.shopId) ?? session.shops[0];
  if (open === undefined || shop === undefined) return null;
  const goTo = (section: SectionId) => go({ section });
  return (
    <Frame
      nav={<SectionNav current={open.id} onSection={goTo} role={session.role} />}
      person={session}
      onSignOut={() => void entrance.signOut().then(setSignOutFault)}
      {...(signOutFault === null ? {} : { alert: t(`fault.${signOutFault}`) })}
    >
      <Suspense
        fallback={
          <p className="staff-notice" role="status">
            {t('entering')}
          </p>
        }
      >
        <open.Screen
          client={client}
          onSection={goTo}
          onShopsChanged={() => void entrance.renew()}
          onShop={(shopId) => go({ shopId })}
          onSignedOut={entrance.sessionEnded}
          role={session.role}
          shop={shop}
          shops={session.shops}
        />
      </Suspense>
    </Frame>
  );
}
