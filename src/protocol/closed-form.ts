import type { Json } from '#values';
import { isText } from './field-rules.ts';

// The form of a document that holds what is listed and nothing else. A text stands for itself.

type Test = (value: unknown) => boolean;
export type Form = string | Test;
type Fields = Readonly<Record<string, Form>>;

export function isOfForm(value: unknown, form: Form): boolean {
  return typeof form === 'string' ? value === form : form(value);
}

/** An object with all of `needed`, perhaps some of `optional`, and no other key. */
export function record(needed: Fields, optional: Fields = {}): Test {
  const needs = Object.keys(needed).length;
  return (value) => {
    if (typeof value !== 'object' || value === null || Array.isArray(value)) return false;
    const fields = value as Readonly<Record<string, unknown>>;
    let found = 0;
    for (const key of Object.keys(fields)) {
      const isNeeded = Object.hasOwn(needed, key);
      const form = isNeeded ? needed[key] : Object.hasOwn(optional, key) ? optional[key] : undefined;
      if (form === undefined || !isOfForm(fields[key], form)) return false;
      if (isNeeded) found += 1;
    }
    return found === needs;
  };
}

/** A list of exactly these, in this order. */
export function series(...forms: readonly Form[]): Test {
  return (value) =>
    Array.isArray(value) &&
    value.length === forms.length &&
    forms.every((form, index) => isOfForm(value[index], form));
}

/** A list that begins with one thing, after which come up to so many others. */
export function seriesBegun(first: Form, other: Form, maxOthers: number): Test {
  return (value) =>
    Array.isArray(value) && isOfForm(value[0], first) && list(other, 0, maxOthers)(value.slice(1));
}

export function list(form: Form, min: number, max: number): Test {
  return (value) =>
    Array.isArray(value) &&
    value.length >= min &&
    value.length <= max &&
    value.every((item) => isOfForm(item, form));
}

export function oneOf(...forms: readonly Form[]): Test {
  return (value) => forms.some((form) => isOfForm(value, form));
}

export function text(maxChars: number, pattern = /^/): Test {
  return (value) =>
    typeof value === 'string' && value.length <= maxChars && isText(value) && pattern.test(value);
}

/** This very value, written out. */
export function exactly(value: Json): Form {
  if (typeof value === 'string') return value;
  if (Array.isArray(value)) return series(...value.map(exactly));
  if (typeof value !== 'object' || value === null) return (other) => other === value;
  return record(Object.fromEntries(Object.entries(value).map(([key, field]) => [key, exactly(field)])));
}
