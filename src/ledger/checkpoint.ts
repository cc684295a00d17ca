import {
  type IsoTime,
  type JsonObject,
  jwsVerifier,
  type KioskId,
  type Outcome,
  parseCanonicalJson,
  type SignatureChecks,
  signJws,
} from '#values';
import type { Head } from './entry.ts';

export const CHECKPOINT_TYPE = 'ledger-checkpoint+jws';

/** A head that its kiosk signed: from then on entries up to it can be neither changed nor cut off without that showing. */
export interface Checkpoint extends Head {
  readonly kioskId: KioskId;
  readonly time: IsoTime;
}

export type CheckpointFault = 'not-a-checkpoint' | 'other-key' | 'signature-wrong';

/** The checkpoint as a compact JWS (RFC 7515) with ES256, signed by the kiosk's own key. */
export async function signCheckpoint(checkpoint: Checkpoint, key: CryptoKey, kid: string): Promise<string> {
  return signJws({ ...checkpoint }, CHECKPOINT_TYPE, key, kid);
}

type VerifiedCheckpoint = Outcome<{ readonly payload: unknown }, CheckpointFault>;

/** Checks that a text is a checkpoint signed by one key and gives what it says, still unread: the text comes from outside. */
export type CheckpointVerifier = (jws: string) => Promise<VerifiedCheckpoint>;

/** What checks many checkpoints of one kiosk, or null where its key is none. */
export async function checkpointVerifier(
  publicKey: JsonObject,
  signatures?: SignatureChecks,
): Promise<CheckpointVerifier | null> {
  const verify = await jwsVerifier(publicKey, CHECKPOINT_TYPE, signatures);
  if (verify === null) return null;
  return async (jws) => {
    const verified = await verify(jws);
    if (verified.ok) {
      const payload = parseCanonicalJson(verified.text);
      return payload === undefined ? { ok: false, reason: 'not-a-checkpoint' } : { ok: true, payload };
    }
    return { ok: false, reason: verified.reason === 'other-type' ? 'not-a-checkpoint' : verified.reason };
  };
}

/** Checks one checkpoint by the key that should have signed it. */
export async function verifyCheckpoint(jws: string, publicKey: JsonObject): Promise<VerifiedCheckpoint> {
  const verify = await checkpointVerifier(publicKey);
  return verify === null ? { ok: false, reason: 'signature-wrong' } : verify(jws);
}
