import type { Grant } from '#consent';
import type { HourCounts } from '#counting';
import type { WithdrawalPlace } from '#ledger';
import type { KioskConfig } from '#protocol';
import type { Instant, Outcome, ReceiptId } from '#values';
import { batchPace } from './batch-pace.ts';
import { correctedClock } from './clock.ts';
import type { StorageFault } from './commit.ts';
import { browserElapsed, browserRandom, type TabletCore } from './core.ts';
import { type Database, openDatabase, readMeta } from './database.ts';
import { doWhatIsDue } from './due.ts';
import type { GuessRefusal } from './guess-limit.ts';
import { healthReport, type PageHealth } from './health.ts';
import { noteBelieved, noteClock, readKeptClock } from './kept-clock.ts';
import {
  type CloseLookFault,
  closeInterruptedLook,
  closeLook,
  type LookReport,
  type OpenedLook,
  openLook,
} from './looks.ts';
import { lookNowAndThen } from './new-version.ts';
import { loadIdentity, type PairFault, pair, pairAgain } from './pair.ts';
import { probeStorage } from './probe-storage.ts';
import { grantAgain, type RecordYesOutcome, recordYes, type Yes } from './record-yes.ts';
import { hasAnswered, type LedgerReceiver, type SendResult, sendLedger } from './send-ledger.ts';
import { serverClient } from './server-client.ts';
import { applyWithdrawals, fetchSettings } from './settings-from-server.ts';
import { settingsInForce } from './settings-in-force.ts';
import { checkStaffPin } from './staff-pin.ts';
import { keepRefusal, refusalAfter, type StandingRefusal } from './standing-refusal.ts';
import { storedLedger } from './stored-ledger.ts';
import { type SyncLoop, startSyncLoop } from './sync-loop.ts';
import { addToTally, type TallyKind } from './tallies.ts';
import { tellStorageLost } from './tell-storage-lost.ts';
import { todayOnTablet } from './today.ts';
import { holdWindowLock } from './window-lock.ts';
import { withdraw } from './withdraw.ts';
import { type WithdrawByCodeOutcome, withdrawByCode } from './withdraw-by-code.ts';

type Stored = Promise<Outcome<object, StorageFault>>;

/** The tablet as the kiosk's screens use it. */
export interface Tablet {
  readonly config: () => KioskConfig;
  readonly now: () => Instant;
  /** A visitor began to read: until `settle` the settings stay what they are, so that a receipt says what its notice said. */
  readonly beginVisit: () => void;
  readonly recordYes: (answers: readonly Yes[]) => Promise<RecordYesOutcome>;
  readonly grantAgain: (
    receiptIds: readonly ReceiptId[],
  ) => Promise<Outcome<{ readonly grant: Grant }, StorageFault>>;
  readonly openLook: (
    receiptIds: readonly ReceiptId[],
  ) => Promise<Outcome<{ readonly look: OpenedLook }, StorageFault>>;
  readonly closeLook: (look: OpenedLook, report: LookReport) => Promise<Outcome<object, CloseLookFault>>;
  readonly withdraw: (receiptIds: readonly ReceiptId[], place: WithdrawalPlace) => Stored;
  /** Takes a yes back by the code on its receipt. */
  readonly withdrawByCode: (typed: string) => Promise<WithdrawByCodeOutcome>;
  readonly addToTally: (kind: TallyKind) => Stored;
  /** Ends a visit, and between visits: tries whether a receipt could be stored, and does what is due. */
  readonly settle: () => Stored;
  readonly today: () => Promise<{ readonly date: string; readonly hours: HourCounts[] }>;
  readonly checkStaffPin: (pin: string) => Promise<Outcome<object, GuessRefusal | StorageFault>>;
  /** Why the server takes nothing of this tablet, so that it must not ask anybody; null while it does. */
  readonly refusal: () => StandingRefusal | null;
  /** Resolves where the browser takes the storage away under this page, which then can keep nothing more. */
  readonly storageLost: Promise<void>;
  /** Lets staff know of that. Resolves once the server has heard, so that the page can be loaded from it again. */
  readonly tellStorageLost: () => Promise<void>;
  readonly setHealth: (health: Partial<PageHealth>) => void;
  /** Calls back when settings or numbers may have changed; gives what ends it. */
  readonly onChange: (listener: () => void) => () => void;
}

/** `not-secure`: to an address without TLS the browser gives neither locks nor keys nor a camera. */
export type OpenFault = 'not-secure' | 'other-window' | 'storage-failed' | PairFault;

/** Opens the tablet in this window. Where it fails nothing stays open, so that it can be tried again. */
export async function openTablet(
  pairingCode: string | null,
  version: string,
): Promise<Outcome<{ readonly tablet: Tablet }, OpenFault>> {
  if (globalThis.isSecureContext === false) return { ok: false, reason: 'not-secure' };
  const lost = Promise.withResolvers<void>();
  let database: Database | null = null;
  try {
    if (!(await holdWindowLock())) return { ok: false, reason: 'other-window' };
    database = await openDatabase(lost.resolve);
    const started = await startTablet(database, lost.promise, pairingCode, version);
    if (!started.ok) database.close();
    return started;
  } catch (error) {
    // Storage that cannot be read is the world's doing; anything else is a bug, and told as one. Either way the screen tries again.
    if (!(error instanceof DOMException)) reportError(error);
    database?.close();
    return { ok: false, reason: 'storage-failed' };
  }
}

/** Pairs on the first start, or again where the server knows it no more, closes a look that lost power, and begins to sync. */
async function startTablet(
  database: Database,
  storageLost: Promise<void>,
  pairingCode: string | null,
  version: string,
): Promise<Outcome<{ readonly tablet: Tablet }, OpenFault>> {
  // Asking the browser to keep the storage; its refusal only means that an eviction would be noticed later.
  await navigator.storage.persist().catch(() => false);

  const clock = correctedClock(await readKeptClock(database));
  const effects = { clock, random: browserRandom };
  const loaded = await loadIdentity(database, effects);
  if (!loaded.ok) return loaded;
  const client = serverClient(
    loaded.identity,
    clock,
    (reading, isServerSure) => void noteClock(database, effects, reading, isServerSure),
  );
  let refusal = await readMeta(database, 'refusal');
  const known = loaded.identity.paired;
  const paired =
    known === null
      ? await pair(database, loaded.identity, client, pairingCode, effects)
      : { ok: true as const, paired: known };
  if (!paired.ok) return paired;
  const again =
    known !== null && refusal === 'not-paired' ? await pairAgain(client, known, pairingCode) : 'goes-on';

  const listeners = new Set<() => void>();
  let loop: SyncLoop | null = null;
  const tellScreens = (): void => {
    for (const listener of listeners) listener();
  };
  const changed = (): void => {
    loop?.nudge();
    tellScreens();
  };
  const withoutConfig = {
    database,
    identity: loaded.identity,
    paired: paired.paired,
    clock,
    now: clock.now,
    random: browserRandom,
    changed,
  };
  const first = (await readMeta(database, 'config'))?.config ?? (await firstConfig());
  if (first === null) return { ok: false, reason: again === 'goes-on' ? 'server-unreachable' : again };
  const settings = settingsInForce(first, tellScreens);
  const core: TabletCore = { ...withoutConfig, config: settings.current };

  const recovered = await closeInterruptedLook(core);
  const applied = recovered.ok ? await applyWithdrawals(core) : recovered;
  if (again !== 'goes-on') {
    // Links and hours do not wait for somebody with a code. What could not be kept is done at the next try, which comes by here too.
    if (applied.ok) await doWhatIsDue(core);
    await noteBelieved(database, effects);
    return { ok: false, reason: again };
  }
  if (!applied.ok) return applied;

  let page: PageHealth = { vision: null, problem: null };
  const pace = batchPace();
  const lookForNewVersion = lookNowAndThen(browserElapsed);
  const ledger = storedLedger(database, effects);
  const receiver: LedgerReceiver = {
    head: client.head,
    send: async (records) => {
      const sent = await client.send(records, core.paired.kioskId);
      // The rest may take hours over a weak link, and visitors need not wait for it.
      if (sent.ok && refusal === 'not-paired') await noteRefusal({ ok: true });
      return sent;
    },
  };

  async function firstConfig(): Promise<KioskConfig | null> {
    const answer = await fetchSettings(withoutConfig, client);
    return answer.ok ? answer.config : null;
  }

  /** What is due at no visitor's tap, also on a page that nobody touches for weeks, then a round with the server. */
  async function syncOnce(): Promise<SendResult> {
    if (!settings.isVisiting()) await doWhatIsDue(core);
    await noteBelieved(database, effects);
    await applyWithdrawals(core);
    return talkToServer();
  }

  /** Our entries up, then our health, then what is new for us. */
  async function talkToServer(): Promise<SendResult> {
    const sent = await noteRefusal(await sendLedger(ledger, receiver, pace));
    // Staff hear that this kiosk is there also where its entries are refused, or do not get through.
    if (!hasAnswered(sent)) return sent;
    if (sent.ok && sent.isUnfinished) loop?.nudge();
    const health = { ...page, problem: refusal ?? page.problem };
    const reported = await client.report(await healthReport(core, health, version));
    if (!reported.ok) return noteRefusal(reported);
    const fetched = await fetchSettings(core, client);
    // The round is none the worse for it: the settings before stay in force until the version that knows these is here.
    if (!fetched.ok && fetched.reason === 'settings-unknown') lookForNewVersion();
    else if (!fetched.ok) return noteRefusal(fetched);
    else if (fetched.config !== null) settings.take(fetched.config);
    await applyWithdrawals(core);
    return sent;
  }

  async function noteRefusal(result: SendResult): Promise<SendResult> {
    const after = refusalAfter(refusal, result);
    if (after === refusal) return result;
    refusal = after;
    await keepRefusal(database, effects, refusal);
    tellScreens();
    return result;
  }

  loop = startSyncLoop(syncOnce);
  void storageLost.then(() => loop?.stop());
  return {
    ok: true,
    tablet: {
      config: core.config,
      now: core.now,
      beginVisit: settings.beginVisit,
      recordYes: (answers) => recordYes(core, answers),
      grantAgain: (receiptIds) => grantAgain(core, receiptIds),
      openLook: (receiptIds) => openLook(core, receiptIds),
      closeLook: (look, report) => closeLook(core, look, report),
      withdraw: (receiptIds, place) => withdraw(core, receiptIds, place),
      withdrawByCode: (typed) => withdrawByCode(core, typed),
      addToTally: (kind) => addToTally(core, kind),
      settle: async () => {
        settings.endVisit();
        const probed = await probeStorage(core);
        if (!probed.ok) return probed;
        return doWhatIsDue(core);
      },
      today: () => todayOnTablet(core),
      checkStaffPin: (pin) => checkStaffPin(core, pin),
      refusal: () => refusal,
      storageLost,
      tellStorageLost: () => tellStorageLost(client, version, page.vision),
      setHealth: (health) => {
        page = { ...page, ...health };
        loop?.nudge();
      },
      onChange: (listener) => {
        listeners.add(listener);
        return () => listeners.delete(listener);
      },
    },
  };
}
