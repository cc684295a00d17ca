import {
  type GivenBy,
  type Grant,
  type GrantClock,
  grantAfterCommit,
  hashNotice,
  hashWithdrawalCode,
  makeReceipt,
  makeWithdrawalCode,
  type Notice,
  type Purpose,
  signReceipt,
  type WithdrawalCode,
} from '#consent';
import { receiptLinkFragment } from '#protocol';
import { type Outcome, type ReceiptId, randomId, SECOND_MS, sha256 } from '#values';
import { commit, type StorageFault } from './commit.ts';
import { browserElapsed, type TabletCore } from './core.ts';
import { closeAsInterrupted } from './looks.ts';

/**
 * Whoever checks a ledger lets a receipt and its entry be 5 s apart, and an entry may be written as 2 s later than it was, where the clock slipped
 * that much before.
 */
const MOST_APART_MS = 2.5 * SECOND_MS;
/** A clock is set once, or the tablet sleeps once: the second try follows in milliseconds. */
const MAX_TRIES = 3;

/** One person's yes, as it was tapped. */
export interface Yes {
  /** What this person was shown. */
  readonly notice: Notice;
  readonly purposes: readonly Purpose[];
  readonly givenBy: GivenBy;
  readonly buttonLabel: string;
  /** The words of both answers, in the order in which they stood on the screen. */
  readonly answersShown: readonly string[];
}

/** What the visitor takes away. The link holds the secret; the tablet keeps neither. */
export interface IssuedReceipt {
  readonly id: ReceiptId;
  readonly purposes: readonly Purpose[];
  readonly link: string;
  /** Takes the yes back at this kiosk, without a phone. The tablet keeps its hash alone. */
  readonly code: WithdrawalCode;
}

export type RecordYesOutcome = Outcome<
  { readonly grant: Grant; readonly receipts: readonly IssuedReceipt[] },
  StorageFault
>;

/**
 * Signs a receipt for each yes, puts them and their ledger entries on disk in one transaction, and only then makes the grant. Where the clock was
 * set between signing and writing, or the tablet slept, the receipts name another time than their entries: then all is signed anew.
 */
export async function recordYes(core: TabletCore, answers: readonly Yes[]): Promise<RecordYesOutcome> {
  for (let tries = 0; tries < MAX_TRIES; tries += 1) {
    const drafts = await Promise.all(answers.map((yes) => draftReceipt(core, yes)));
    try {
      return await commitDrafts(core, drafts);
    } catch (error) {
      if (!(error instanceof StaleDraft)) throw error;
    }
  }
  return { ok: false, reason: 'storage-failed' };
}

/** Thrown within a commit, so that nothing of it is kept. */
class StaleDraft extends Error {}

type Draft = Awaited<ReturnType<typeof draftReceipt>>;

async function commitDrafts(core: TabletCore, drafts: readonly Draft[]): Promise<RecordYesOutcome> {
  const granted = await grantAfterCommit(async () => {
    const committed = await commit(core.database, core, async (work) => {
      const { transaction, append } = work;
      // The look before may have found no room to say that it is over; the ledger shows no yes while a camera is open.
      await closeAsInterrupted(work);
      refuseStale(core, drafts);
      for (const { entryBody, issuedAt, linkDays, issued } of drafts) {
        await append('receipt-issued', entryBody);
        const { receiptId: id, purposes } = entryBody;
        const stored = { id, purposes, issuedAt, linkDays, contribution: 'none' } as const;
        await transaction.objectStore('receipts').add(stored);
        const hash = hashWithdrawalCode(issued.code, core.paired.kioskId);
        await transaction.objectStore('codes').put({ hash, receiptId: id });
      }
      // The clock may have been set between two entries as well.
      refuseStale(core, drafts);
    });
    if (!committed.ok) return committed;
    return { ok: true, receipts: drafts.map(({ issued }) => ({ id: issued.id, purposes: issued.purposes })) };
  }, grantClock(core));
  if (!granted.ok) return granted;
  core.changed();
  return { ok: true, grant: granted.grant, receipts: drafts.map(({ issued }) => issued) };
}

function refuseStale({ now }: TabletCore, drafts: readonly Draft[]): void {
  if (drafts.some(({ issuedAt }) => Math.abs(now() - issuedAt) > MOST_APART_MS)) throw new StaleDraft();
}

/** A further grant for receipts that are on disk already and have counted nothing yet: for the one retry of a look that refused. */
export async function grantAgain(
  core: TabletCore,
  receiptIds: readonly ReceiptId[],
): Promise<Outcome<{ readonly grant: Grant }, StorageFault>> {
  return grantAfterCommit(async () => {
    const stored = await Promise.all(receiptIds.map((id) => core.database.get('receipts', id)));
    const unused = stored.filter((receipt) => receipt?.contribution === 'none');
    if (unused.length !== receiptIds.length) return { ok: false, reason: 'storage-failed' };
    return {
      ok: true,
      receipts: unused.flatMap((receipt) =>
        receipt ? [{ id: receipt.id, purposes: receipt.purposes }] : [],
      ),
    };
  }, grantClock(core));
}

function grantClock({ now }: TabletCore): GrantClock {
  return { now, elapsed: browserElapsed };
}

async function draftReceipt(core: TabletCore, yes: Yes) {
  const { notice } = yes;
  const { controller, shop, settings } = core.config();
  const receiptId: ReceiptId = randomId(core.random);
  const secret = randomId(core.random);
  const issuedAt = core.now();
  const receiptUrl = `${settings.publicUrl}/r/${receiptId}`;
  const noticeHash = hashNotice(notice);
  const document = makeReceipt({
    receiptId,
    purposes: yes.purposes,
    givenBy: yes.givenBy,
    time: issuedAt,
    timeUncertaintyMs: core.clock.reading().uncertaintyMs,
    notice: {
      id: notice.id,
      version: notice.version,
      language: notice.language,
      hash: noticeHash,
    },
    buttonLabel: yes.buttonLabel,
    answersShown: yes.answersShown,
    controller,
    shop,
    kioskId: core.paired.kioskId,
    receiptUrl,
    noticeUrl: `${settings.publicUrl}/notices/${noticeHash}`,
  });
  const receipt = await signReceipt(document, core.identity.keys.privateKey, core.identity.kid);
  return {
    issuedAt,
    linkDays: controller.retention.linkDays,
    entryBody: { receiptId, purposes: yes.purposes, receipt, secretHash: sha256(secret) },
    issued: {
      id: receiptId,
      purposes: yes.purposes,
      code: makeWithdrawalCode(core.random),
      link: `${receiptUrl}#${receiptLinkFragment(secret, core.identity.kid)}`,
    },
  };
}
