import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { apiPaths, newPersonSchema, type PeopleAnswer, type SignInLinkAnswer } from '#protocol';
import { isRandomId, type PersonId } from '#values';
import type { ServerContext } from '../context.ts';
import { findPerson, peopleOf, putPerson, removePerson } from '../people.ts';
import { refuse } from '../refuse.ts';
import { ADMINISTRATORS, allowedStaff } from './allowed-shop.ts';
import { isFromOurPage } from './from-our-page.ts';
import type { Staff } from './session.ts';
import { signInLink } from './sign-in-link.ts';

/** More people than anybody lets in at once. */
const CHANGES_PER_MINUTE = 20;

interface PersonRoute {
  Params: { readonly personId: string };
}

/** Who may sign in: administrators see, let in and remove the people of their own controller, and nobody of another's. */
export function peopleRoutes(app: FastifyInstance, context: ServerContext): void {
  const options = { config: { rateLimit: { max: CHANGES_PER_MINUTE } } };

  app.get(apiPaths.people, async (request, reply) => {
    const staff = await allowedStaff(context, request, reply, ADMINISTRATORS);
    if (staff === null) return reply;
    const people = await peopleOf(context, staff.controllerId);
    const answer = people.map((person) => ({ ...person, isYou: person.id === staff.personId }));
    return reply.header('cache-control', 'no-store').send({ people: answer } satisfies PeopleAnswer);
  });

  app.post(apiPaths.people, options, async (request, reply) => {
    const staff = await changing(request, reply);
    if (staff === null) return reply;
    const parsed = newPersonSchema.safeParse(request.body);
    if (!parsed.success) return refuse(reply, 'malformed');
    const { controllerId } = staff;
    const { name, role } = parsed.data;
    if ((await findPerson(context, { name, controllerId })) !== null) return refuse(reply, 'name-taken');
    return sendLink(reply, staff, await putPerson(context, { name, role, controllerId }));
  });

  app.post<PersonRoute>(pattern(apiPaths.signInLinks), options, async (request, reply) => {
    const staff = await changing(request, reply);
    if (staff === null) return reply;
    const personId = await personOf(staff, request.params.personId);
    return personId === null ? refuse(reply, 'not-found') : sendLink(reply, staff, personId);
  });

  app.delete<PersonRoute>(pattern(apiPaths.person), options, async (request, reply) => {
    const staff = await changing(request, reply);
    if (staff === null) return reply;
    const personId = await personOf(staff, request.params.personId);
    if (personId === null) return refuse(reply, 'not-found');
    // So that an administrator is always left.
    if (personId === staff.personId) return refuse(reply, 'not-allowed');
    for (const session of await removePerson(context, personId)) context.live.endSession(session);
    return reply.code(204).send();
  });

  async function changing(request: FastifyRequest, reply: FastifyReply): Promise<Staff | null> {
    if (isFromOurPage(request)) return allowedStaff(context, request, reply, ADMINISTRATORS);
    refuse(reply, 'not-allowed');
    return null;
  }

  async function sendLink(
    reply: FastifyReply,
    { controllerId }: Staff,
    personId: PersonId,
  ): Promise<FastifyReply> {
    const link = await signInLink(context, { personId, controllerId });
    return reply.header('cache-control', 'no-store').send({ link } satisfies SignInLinkAnswer);
  }

  /** Somebody of another controller gets the answer of one who does not exist. */
  async function personOf({ controllerId }: Staff, personId: string): Promise<PersonId | null> {
    if (!isRandomId(personId)) return null;
    const found = await context.db
      .selectFrom('person')
      .select('id')
      .where('id', '=', personId as PersonId)
      .where('controller_id', '=', controllerId)
      .executeTakeFirst();
    return found?.id ?? null;
  }
}

function pattern(path: (personId: string) => string): string {
  return decodeURIComponent(path(':personId'));
}
