import { canonicalJson } from '#values';
import type { Check } from '../item.ts';

/** The first entry says whose ledger this is, as the file does, and no other entry does. */
export const checkPairing: Check = ({ line }, item) => {
  const isFirst = item.seq === 0;
  if (item.kind !== 'kiosk-paired') return isFirst ? 'first-entry-wrong' : null;
  if (!isFirst || item.body === null) return 'paired-twice';
  const { kioskId, shopId, controllerId, publicKey } = item.body;
  const isSame =
    kioskId === line.kioskId &&
    shopId === line.shopId &&
    controllerId === line.controllerId &&
    canonicalJson(publicKey) === canonicalJson(line.publicKey);
  return isSame ? null : 'pairing-wrong';
};
