/** @jsxImportSource preact */
import { useEffect, useMemo } from 'preact/hooks';
import { readReceiptLink } from '#protocol/for-phones';
import { checkReceipt } from './check-receipt.ts';
import { BrokenLinkScreen } from './screens/broken-link.tsx';
import { FalseReceiptScreen } from './screens/false-receipt.tsx';
import { LookingScreen } from './screens/looking.tsx';
import { OnItsWayScreen } from './screens/on-its-way.tsx';
import { ReceiptScreen } from './screens/receipt.tsx';
import { receiptServer } from './server-client.ts';
import { openSession } from './session.ts';
import { useLanguage } from './use-language.ts';
import { useStore } from './use-store.ts';

/** Stands in this tab's history for as long as the tab lives, so that loading the page again does not forget what the server has. */
const KEPT = 'take-back-kept';

type ReceiptLink = NonNullable<ReturnType<typeof readReceiptLink>>;

/** The receipt of this page's address. */
export function ReceiptPage() {
  const link = useMemo(() => readReceiptLink(location.pathname, location.hash), []);
  return link === null ? <BrokenLinkScreen /> : <Receipt link={link} />;
}

/** One receipt from its link: on its way, here and genuine, or here and false. */
function Receipt({ link }: { readonly link: ReceiptLink }) {
  const session = useMemo(
    () =>
      openSession({
        server: receiptServer(link),
        // Not there on a page without TLS, whatever the types say.
        check: (given) => checkReceipt(link, given, crypto.subtle !== undefined),
        random: Math.random,
        wasKept: history.state === KEPT,
      }),
    [link],
  );
  const state = useStore(session.onChange, session.state);
  const { receipt } = state;
  const arrived = receipt === 'on-its-way' ? null : receipt;
  const { isSettled, pick } = useLanguage(arrived?.checked.reading?.language ?? null);

  useEffect(() => {
    const look = () => document.visibilityState === 'visible' && session.lookNow();
    document.addEventListener('visibilitychange', look);
    addEventListener('online', look);
    return () => {
      document.removeEventListener('visibilitychange', look);
      removeEventListener('online', look);
    };
  }, [session]);

  useEffect(() => {
    history.replaceState(state.takeBack === 'kept' ? KEPT : null, '');
  }, [state.takeBack]);

  if (!isSettled || (receipt === null && state.fault === null)) return <LookingScreen onLanguage={pick} />;
  if (arrived === null) return <OnItsWayScreen onLanguage={pick} session={session} state={state} />;
  return arrived.checked.verdict === 'false' ? (
    <FalseReceiptScreen
      arrived={arrived}
      onLanguage={pick}
      receiptId={link.receiptId}
      session={session}
      state={state}
    />
  ) : (
    <ReceiptScreen
      arrived={arrived}
      onLanguage={pick}
      reading={arrived.checked.reading}
      session={session}
      state={state}
    />
  );
}
