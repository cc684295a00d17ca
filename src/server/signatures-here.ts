import { portableSignatures, type SignatureChecks } from '#values';
import { keyOf, verifyJws } from './node-keys.ts';

/** Signatures checked on the thread that asks. */
export const signaturesHere: SignatureChecks = async (publicKey) => {
  // Also says whether the key is one.
  if ((await portableSignatures(publicKey)) === null) return null;
  const key = keyOf(publicKey);
  return async (jws) => verifyJws(jws, key);
};
