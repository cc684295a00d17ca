import { type KioskId, type RandomBytes, type Sha256, sha256 } from '#values';

/** Letters alone, and none that is taken for another: no I, O, Q or V. */
export const CODE_LETTERS = 'ABCDEFGHJKLMNPRSTUWXYZ';
/** 22^8 codes: with guesses slowed down, none is hit by chance in a tablet's life. */
export const CODE_LENGTH = 8;
const GROUP_LENGTH = 4;
/** The largest multiple of the number of letters that fits a byte: higher bytes are thrown away, so that each letter is as likely. */
const FAIR_BYTES = 256 - (256 % CODE_LETTERS.length);

/** What takes a yes back at the kiosk that heard it, without a phone. */
export type WithdrawalCode = string & { readonly __brand: 'WithdrawalCode' };

/** A code that nobody can guess. */
export function makeWithdrawalCode(random: RandomBytes): WithdrawalCode {
  let code = '';
  while (code.length < CODE_LENGTH) {
    for (const byte of random(CODE_LENGTH)) {
      if (byte < FAIR_BYTES && code.length < CODE_LENGTH) code += CODE_LETTERS[byte % CODE_LETTERS.length];
    }
  }
  return code as WithdrawalCode;
}

/** What a person typed, as a code, or null where it is none. */
export function readWithdrawalCode(typed: string): WithdrawalCode | null {
  const letters = typed.toUpperCase().replaceAll(/[\s-]/g, '');
  const isCode =
    letters.length === CODE_LENGTH && [...letters].every((letter) => CODE_LETTERS.includes(letter));
  return isCode ? (letters as WithdrawalCode) : null;
}

/** The code in groups, as people read it out: `ABCD EFGH`. */
export function showWithdrawalCode(code: string): string {
  return code.slice(0, GROUP_LENGTH) + (code.length > GROUP_LENGTH ? ` ${code.slice(GROUP_LENGTH)}` : '');
}

/** What a kiosk keeps of a code. Of another kiosk the same code has another hash. */
export function hashWithdrawalCode(code: WithdrawalCode, kioskId: KioskId): Sha256 {
  return sha256(`${kioskId}/${code}`);
}
