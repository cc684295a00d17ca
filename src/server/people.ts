import type { StaffRole } from '#protocol';
import { type ControllerId, type KioskId, randomId } from '#values';
import type { ServerContext } from './context.ts';

type Stores = Pick<ServerContext, 'db' | 'now' | 'random'>;

/** The person of a name at a controller, made or brought to a role. Gives the id. */
export async function putPerson(
  { db, random }: Stores,
  person: { readonly name: string; readonly role: StaffRole; readonly controllerId: ControllerId },
): Promise<string> {
  const { name, role, controllerId } = person;
  const known = await db
    .updateTable('person')
    .set({ role })
    .where('name', '=', name)
    .where('controller_id', '=', controllerId)
    .returning('id')
    .executeTakeFirst();
  if (known !== undefined) return known.id;
  const id = randomId(random);
  await db.insertInto('person').values({ id, name, role, controller_id: controllerId }).execute();
  return id;
}

/** Shuts a lost or stolen tablet out. What it sent before stays; what it sends from now on is refused. False where there is no such kiosk. */
export async function revokeKiosk({ db, now }: Stores, kioskId: KioskId): Promise<boolean> {
  const revoked = await db
    .updateTable('kiosk')
    .set((set) => ({ revoked_at: set.fn.coalesce('revoked_at', set.val(now())) }))
    .where('id', '=', kioskId)
    .returning('id')
    .executeTakeFirst();
  return revoked !== undefined;
}
