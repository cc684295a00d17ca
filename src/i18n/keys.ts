import type kiosk from './locales/en/kiosk.json';
import type receipt from './locales/en/receipt.json';
import type staff from './locales/en/staff.json';
import type { Values } from './texts.ts';

/** The texts of each app, in the shape that the English ones have. */
interface AppTexts {
  readonly kiosk: typeof kiosk;
  readonly staff: typeof staff;
  readonly receipt: typeof receipt;
}

/** The apps of the one page. Each has a file of texts in every language. */
export type App = keyof AppTexts;

type PluralForm = 'zero' | 'one' | 'two' | 'few' | 'many' | 'other';
type WithoutForm<Key extends string> = Key extends `${infer Base}_${PluralForm}` ? Base : Key;
type KeysIn<Texts> = {
  [Key in keyof Texts & string]: Texts[Key] extends string
    ? WithoutForm<Key>
    : `${Key}.${KeysIn<Texts[Key]>}`;
}[keyof Texts & string];

/** Gives the text of a key, in the language of the page. */
export type Translate<Of extends App> = (key: KeysIn<AppTexts[Of]>, values?: Values) => string;
/** Gives all texts of a group, as the names of the age bands. */
export type TextGroup<Of extends App> = <Key extends keyof AppTexts[Of] & string>(
  key: Key,
) => AppTexts[Of][Key];
