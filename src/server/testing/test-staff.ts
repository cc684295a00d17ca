import { apiPaths, type Today, todaySchema } from '#protocol';
import type { RunningServer } from '../start-server.ts';
import { must } from './must.ts';

/** Somebody who is signed in, as a browser would be. */
export interface TestStaff {
  readonly cookie: string;
  readonly get: (path: string) => Promise<Response>;
  readonly today: (shopId?: string) => Promise<Today>;
}

export const DEMO_SHOP = 'harbour-street';

export async function postSession(
  url: string,
  token: string,
  headers: Record<string, string> = {},
): Promise<Response> {
  return fetch(`${url}${apiPaths.session}`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', ...headers },
    body: JSON.stringify({ token }),
  });
}

export async function signInDemoStaff({ url, demo }: RunningServer): Promise<TestStaff> {
  const token = must((await must(demo).signInUrl()).split('#')[1]);
  const response = await postSession(url, token);
  const cookie = must(response.headers.getSetCookie()[0]?.split(';')[0]);
  const get = (path: string) => fetch(`${url}${path}`, { headers: { cookie } });
  return {
    cookie,
    get,
    today: async (shopId = DEMO_SHOP) => todaySchema.parse(await (await get(apiPaths.today(shopId))).json()),
  };
}

export function countedOf(today: Today): number {
  return today.hours.reduce((sum, { counted }) => sum + counted, 0);
}
