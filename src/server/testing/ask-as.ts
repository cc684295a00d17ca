import { type TermsAnswer, type TermsChange, termsAnswerSchema } from '#protocol';
import type { signInAs } from './test-officer.ts';

/** Somebody who is signed in. */
export type TestCaller = Awaited<ReturnType<typeof signInAs>>;

/** What another site's page would send with our cookie: newer browsers say so themselves, older ones name the site. */
export const CROSS_SITE: readonly Record<string, string>[] = [
  { 'sec-fetch-site': 'cross-site' },
  { origin: 'https://elsewhere.example' },
];

export function post(body: unknown, headers: Record<string, string> = {}): RequestInit {
  return {
    method: 'POST',
    headers: { 'content-type': 'application/json', ...headers },
    body: JSON.stringify(body),
  };
}

export async function reasonIn(response: Response): Promise<readonly [number, string]> {
  return [response.status, ((await response.json()) as { reason: string }).reason];
}

export async function termsIn(response: Response): Promise<TermsAnswer> {
  if (response.status !== 200) throw new Error(`${response.status} ${await response.text()}`);
  return termsAnswerSchema.parse(await response.json());
}

/** What somebody wants who has looked at an answer. */
export function changeOf(
  { revision, terms }: TermsAnswer,
  twist: {
    readonly controller?: Partial<TermsChange['terms']['controller']>;
    readonly shop?: Partial<TermsChange['terms']['shop']>;
    readonly settings?: Partial<TermsChange['terms']['settings']>;
  } = {},
): TermsChange {
  return {
    revision,
    terms: {
      controller: { ...terms.controller, ...twist.controller },
      shop: { ...terms.shop, ...twist.shop },
      settings: { ...terms.settings, ...twist.settings },
    },
  };
}
