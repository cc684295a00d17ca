import type { StaffRole } from '#protocol';
import { type ControllerId, type KioskId, type PersonId, randomId, type Sha256 } from '#values';
import type { ServerContext } from './context.ts';

type Stores = Pick<ServerContext, 'db' | 'now' | 'random'>;

interface Named {
  readonly name: string;
  readonly controllerId: ControllerId;
}

/** Everybody of a controller, by name. */
export async function peopleOf(
  { db }: Pick<Stores, 'db'>,
  controllerId: ControllerId,
): Promise<readonly { readonly id: PersonId; readonly name: string; readonly role: StaffRole }[]> {
  return db
    .selectFrom('person')
    .select(['id', 'name', 'role'])
    .where('controller_id', '=', controllerId)
    .orderBy('name')
    .orderBy('id')
    .execute();
}

/** The person of a name at a controller, made or brought to a role. Gives the id. */
export async function putPerson(
  { db, random }: Stores,
  { name, controllerId, role }: Named & { readonly role: StaffRole },
): Promise<PersonId> {
  const known = await findPerson({ db }, { name, controllerId });
  if (known !== null) {
    await db.updateTable('person').set({ role }).where('id', '=', known).execute();
    return known;
  }
  const id = randomId<PersonId>(random);
  await db.insertInto('person').values({ id, name, role, controller_id: controllerId }).execute();
  return id;
}

/** Ends a person's sessions, unused links and rights, at once. Gives the sessions that were ended. */
export async function removePerson({ db }: Pick<Stores, 'db'>, id: PersonId): Promise<readonly Sha256[]> {
  return db.transaction().execute(async (transaction) => {
    const ended = await transaction
      .deleteFrom('session')
      .where('person_id', '=', id)
      .returning('token_hash')
      .execute();
    await transaction.deleteFrom('sign_in_link').where('person_id', '=', id).execute();
    await transaction.deleteFrom('person').where('id', '=', id).execute();
    return ended.map(({ token_hash }) => token_hash);
  });
}

/** The id of a person, or null where there is nobody of that name at the controller. */
export async function findPerson(
  { db }: Pick<Stores, 'db'>,
  { name, controllerId }: Named,
): Promise<PersonId | null> {
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
