import {
  apiPaths,
  type TermsAnswer,
  type TermsChange,
  type TermsPublication,
  termsAnswerSchema,
  termsPreviewSchema,
} from '#protocol';
import { sha256 } from '#values';
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

/** A change with the plan that its preview shows. Where there is no preview the plan is one of nothing. */
export async function previewedBy(
  caller: TestCaller,
  shopId: string,
  change: TermsChange,
): Promise<TermsPublication> {
  const response = await caller(apiPaths.termsPreview(shopId), post(change));
  const plan =
    response.status === 200 ? termsPreviewSchema.parse(await response.json()).plan : sha256('nothing');
  return { ...change, plan };
}
