import type { StaffRole } from '#protocol';
import { type ControllerId, type KioskId, randomId } from '#values';
import type { ServerContext } from './context.ts';

type Stores = Pick<ServerContext, 'db' | 'now' | 'random'>;

interface Named {
  readonly name: string;
  readonly controllerId: ControllerId;
}

/** The person of a name at a controller, made or brought to a role. Gives the id. */
export async function putPerson(
  { db, random }: Stores,
  { name, controllerId, role }: Named & { readonly role: StaffRole },
): Promise<string> {
  const known = await findPerson({ db }, { name, controllerId });
  if (known !== null) {
    await db.updateTable('person').set({ role }).where('id', '=', known).execute();
    return known;
  }
  const id = randomId(random);
  await db.insertInto('person').values({ id, name, role, controller_id: controllerId }).execute();
  return id;
}

/** Ends a person's sessions, unused links and rights, at once. False where there is nobody of that name. */
export async function removePerson(stores: Pick<Stores, 'db'>, person: Named): Promise<boolean> {
  const id = await findPerson(stores, person);
  if (id === null) return false;
  await stores.db.transaction().execute(async (transaction) => {
    await transaction.deleteFrom('session').where('person_id', '=', id).execute();
    await transaction.deleteFrom('sign_in_link').where('person_id', '=', id).execute();
    await transaction.deleteFrom('person').where('id', '=', id).execute();
  });
  return true;
}

/** The id of a person, or null where there is nobody of that name at the controller. */
export async function findPerson(
  { db }: Pick<Stores, 'db'>,
  { name, controllerId }: Named,
): Promise<string | null> {
  const known = await db
    .selectFrom('person')
    .select('id')
    .where('name', '=', name)
    .where('controller_id', '=', controllerId)
    .executeTakeFirst();
  return known?.id ?? null;
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
