import type { StaffRole } from '#protocol';
import type { ControllerId, ShopId } from '#values';
import { putPerson } from '../people.ts';
import { putShop } from '../shops.ts';
import { makeSignInToken } from '../staff/session.ts';
import type { RunningServer } from '../start-server.ts';
import { must } from './must.ts';
import { DEMO_SHOP, postSession } from './test-staff.ts';

export const DEMO_CONTROLLER = 'harbour-street-motors' as ControllerId;

/** Somebody of a controller, signed in: answers of the server as a browser of theirs would get them. */
export async function signInAs(
  { url, context }: RunningServer,
  role: StaffRole,
  controllerId: ControllerId = DEMO_CONTROLLER,
): Promise<(path: string, init?: RequestInit) => Promise<Response>> {
  const personId = await putPerson(context, { name: `A ${role}`, role, controllerId });
  const response = await postSession(url, await makeSignInToken(context, personId));
  const cookie = must(response.headers.getSetCookie()[0]?.split(';')[0]);
  return (path, init = {}) => fetch(`${url}${path}`, { ...init, headers: { cookie, ...init.headers } });
}

/** A second controller with a shop of its own. */
export async function putOtherShop({ context }: RunningServer): Promise<{
  readonly controllerId: ControllerId;
  readonly shopId: ShopId;
}> {
  const { db } = context;
  const row = await db
    .selectFrom('shop')
    .innerJoin('controller', 'controller.id', 'shop.controller_id')
    .select(['shop_json', 'settings_json', 'controller_json'])
    .where('shop.id', '=', DEMO_SHOP as ShopId)
    .executeTakeFirstOrThrow();
  const controllerId = 'other-motors' as ControllerId;
  const shopId = 'other-quay' as ShopId;
  await putShop(context, {
    controller: { ...JSON.parse(row.controller_json), id: controllerId, name: 'Other Motors Ltd' },
    shop: { ...JSON.parse(row.shop_json), id: shopId, name: 'Other Quay' },
    settings: JSON.parse(row.settings_json),
  });
  return { controllerId, shopId };
}
