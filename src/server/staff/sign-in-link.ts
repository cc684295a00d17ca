import type { KioskSettings } from '#protocol';
import type { ControllerId, PersonId } from '#values';
import type { ServerContext } from '../context.ts';
import { makeSignInToken } from './session.ts';

interface Invited {
  readonly personId: PersonId;
  readonly controllerId: ControllerId;
}

/**
 * A link that signs a person in once. It leads to where phones reach this server, which is not always where it was asked for: on the server's own
 * machine that may be `localhost`. The token stands behind `#`, so that it never reaches a log.
 */
export async function signInLink(
  context: Pick<ServerContext, 'db' | 'now' | 'random' | 'publicUrl'>,
  { personId, controllerId }: Invited,
): Promise<string> {
  const address = context.publicUrl() ?? (await addressInSettings(context, controllerId));
  return `${address}/staff#${await makeSignInToken(context, personId)}`;
}

/** Of several shops, always the same one's. */
async function addressInSettings(
  { db }: Pick<ServerContext, 'db'>,
  controllerId: ControllerId,
): Promise<string> {
  const { settings_json } = await db
    .selectFrom('shop')
    .select('settings_json')
    .where('controller_id', '=', controllerId)
    .orderBy('id')
    .limit(1)
    .executeTakeFirstOrThrow();
  return (JSON.parse(settings_json) as KioskSettings).publicUrl;
}
