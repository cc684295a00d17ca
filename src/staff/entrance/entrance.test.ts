import { describe, expect, it } from 'vitest';
import type { SessionAnswer } from '#protocol';
import type { ShopId } from '#values';
import { STAFF_FAULTS, type StaffFault } from '../faults.ts';
import type { Fault } from '../server-client.ts';
import { makeEntrance } from './entrance.ts';

const session: SessionAnswer = {
  name: 'Aoife',
  role: 'staff',
  shops: [{ id: 'harbour-street' as ShopId, name: 'Harbour Street' }],
};
const failed = (reason: StaffFault): Fault => ({ ok: false, reason, pauseMs: null });

/** A server with one good token and a browser that may hold a session. */
function serverWith({ hasSession = false, keepsCookies = true } = {}) {
  const server = {
    session,
    isSignedIn: hasSession,
    down: null as StaffFault | null,
    tokens: new Set(['good']),
    sent: [] as string[],
  };
  const client = {
    signIn: async (token: string) => {
      server.sent.push(token);
      if (server.down !== null) return failed(server.down);
      if (!server.tokens.delete(token)) return failed('link-used');
      server.isSignedIn ||= keepsCookies;
      return { ok: true } as const;
    },
    session: async () => {
      if (server.down !== null) return failed(server.down);
      return server.isSignedIn ? ({ ok: true, session: server.session } as const) : failed('not-signed-in');
    },
    signOut: async () => {
      if (server.down !== null) return failed(server.down);
      server.isSignedIn = false;
      return { ok: true } as const;
    },
  };
  return { server, entrance: makeEntrance(client) };
}

describe('the entrance', () => {
  it('lets in whoever brings a new link, and sends its token once', async () => {
    const { entrance, server } = serverWith();
    await entrance.enter('good');
    expect(entrance.standing()).toEqual({ state: 'inside', session });
    expect(server.sent).toEqual(['good']);
  });

  it('says that a used link is used', async () => {
    const { entrance } = serverWith();
    await entrance.enter('used');
    expect(entrance.standing()).toEqual({ state: 'outside', why: { fault: 'link-used' }, retry: null });
  });

  it('keeps a session that holds, whatever a stale link says', async () => {
    const { entrance } = serverWith({ hasSession: true });
    await entrance.enter('used');
    expect(entrance.standing()).toEqual({ state: 'inside', session });
  });

  it('goes on with the session that the browser holds', async () => {
    const { entrance, server } = serverWith({ hasSession: true });
    await entrance.enter(null);
    expect(entrance.standing().state).toBe('inside');
    expect(server.sent).toEqual([]);
  });

  it('shows how to sign in, without a reproach, to whoever brings nothing', async () => {
    const { entrance } = serverWith();
    await entrance.enter(null);
    expect(entrance.standing()).toEqual({ state: 'outside', why: null, retry: null });
  });

  it('keeps the token while the server is away, and tries it again', async () => {
    const { entrance, server } = serverWith();
    server.down = 'unreachable';
    await entrance.enter('good');
    const standing = entrance.standing();
    expect(standing).toMatchObject({ state: 'outside', why: { fault: 'unreachable' } });
    server.down = null;
    if (standing.state === 'outside') await standing.retry?.();
    expect(entrance.standing().state).toBe('inside');
  });

  it('says that the browser did not keep the sign-in', async () => {
    const { entrance } = serverWith({ keepsCookies: false });
    await entrance.enter('good');
    expect(entrance.standing()).toMatchObject({ state: 'outside', why: { fault: 'cookie-refused' } });
  });

  it('leads out on signing out, and stays where that failed', async () => {
    const { entrance, server } = serverWith({ hasSession: true });
    await entrance.enter(null);
    server.down = 'server-busy';
    expect(await entrance.signOut()).toBe('server-busy');
    expect(entrance.standing().state).toBe('inside');
    server.down = null;
    expect(await entrance.signOut()).toBeNull();
    expect(entrance.standing()).toMatchObject({ state: 'outside', why: 'signed-out' });
  });

  it('learns anew which shops are theirs, and goes on with those that it knew while the server is away', async () => {
    const { entrance, server } = serverWith({ hasSession: true });
    await entrance.enter(null);
    server.down = 'unreachable';
    await entrance.renew();
    expect(entrance.standing()).toEqual({ state: 'inside', session });
    server.down = null;
    server.session = { ...session, shops: [{ id: 'quay' as ShopId, name: 'Quay' }] };
    await entrance.renew();
    expect(entrance.standing()).toEqual({ state: 'inside', session: server.session });
    server.isSignedIn = false;
    await entrance.renew();
    expect(entrance.standing()).toMatchObject({ state: 'outside', why: 'session-ended' });
  });

  it.each(STAFF_FAULTS)('has a standing for the fault %s', async (fault) => {
    const { entrance, server } = serverWith();
    server.down = fault;
    await entrance.enter('good');
    expect(entrance.standing()).toMatchObject({ state: 'outside', why: { fault } });
  });
});
