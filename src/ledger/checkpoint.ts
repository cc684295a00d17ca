import {
  type IsoTime,
  type JsonObject,
  jwsVerifier,
  type KioskId,
  type Outcome,
  parseJson,
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

/** Checks that a text is a checkpoint signed by this key and gives what it says, still unparsed: the text comes from outside. */
export async function verifyCheckpoint(
  jws: string,
  publicKey: JsonObject,
): Promise<Outcome<{ readonly payload: unknown }, CheckpointFault>> {
  const verify = await jwsVerifier(publicKey, CHECKPOINT_TYPE);
  const verified = (await verify?.(jws)) ?? { ok: false, reason: 'signature-wrong' };
  if (verified.ok) return { ok: true, payload: parseJson(verified.text) };
  return { ok: false, reason: verified.reason === 'other-type' ? 'not-a-checkpoint' : verified.reason };
}
