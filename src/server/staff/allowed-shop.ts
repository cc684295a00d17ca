import type { FastifyReply, FastifyRequest } from 'fastify';
import { STAFF_ROLES, type StaffRole } from '#protocol';
import type { ShopId } from '#values';
import type { ServerContext } from '../context.ts';
import { refuse } from '../refuse.ts';
import { maySeeShop, type Staff, staffOf } from './session.ts';

/** Who may inspect. */
export const OFFICERS: readonly StaffRole[] = ['officer', 'administrator'];
/** Who says which people and tablets have a part in it. */
export const ADMINISTRATORS: readonly StaffRole[] = ['administrator'];

export interface ShopRoute {
  Params: { readonly shopId: string };
}

export function shopPattern(path: (shopId: string) => string): string {
  return decodeURIComponent(path(':shopId'));
}

/** Who asks; null where the answer has been refused. */
export async function allowedStaff(
  context: ServerContext,
  request: FastifyRequest,
  reply: FastifyReply,
  roles: readonly StaffRole[],
): Promise<Staff | null> {
  const staff = await staffOf(context, request);
  if (staff === null) {
    refuse(reply, 'not-signed-in');
    return null;
  }
  if (!roles.includes(staff.role)) {
    refuse(reply, 'not-allowed');
    return null;
  }
  return staff;
}

/** Who asks, and for which shop of their own controller; null where the answer has been refused. */
export async function allowedShop(
  context: ServerContext,
  request: FastifyRequest<ShopRoute>,
  reply: FastifyReply,
  roles: readonly StaffRole[] = STAFF_ROLES,
): Promise<{ readonly staff: Staff; readonly shopId: ShopId } | null> {
  const staff = await allowedStaff(context, request, reply, roles);
  if (staff === null) return null;
  // Another controller's shop gets the answer of one that does not exist.
  const shopId = await maySeeShop(context, staff, request.params.shopId);
  if (shopId === null) refuse(reply, 'not-found');
  return shopId === null ? null : { staff, shopId };
}
