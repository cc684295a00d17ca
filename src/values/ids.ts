import { bytesToBase64Url } from './bytes.ts';
import type { RandomBytes } from './effects.ts';

export type ReceiptId = string & { readonly __brand: 'ReceiptId' };
export type LookId = string & { readonly __brand: 'LookId' };
export type KioskId = string & { readonly __brand: 'KioskId' };
export type PersonId = string & { readonly __brand: 'PersonId' };
export type ShopId = string & { readonly __brand: 'ShopId' };
export type ControllerId = string & { readonly __brand: 'ControllerId' };

/** 128 random bits: nothing about a person, a time or an order can be read from an id. */
export const RANDOM_ID_BYTES = 16;
const RANDOM_ID_PATTERN = /^[A-Za-z0-9_-]{22}$/;

/** A random id of 22 base64url characters. */
export function randomId<Id extends string = string>(random: RandomBytes): Id {
  return bytesToBase64Url(random(RANDOM_ID_BYTES)) as Id;
}

export function isRandomId(text: string): boolean {
  return RANDOM_ID_PATTERN.test(text);
}
