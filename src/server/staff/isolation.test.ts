import { describe, expect, it } from 'vitest';
import type { ControllerId } from '#values';
import { type Operation, operations } from '../operations.ts';
import { addDone, beginProgress, endRun } from '../retention/progress.ts';
import { dueBy } from '../retention/rules.ts';
import type { RunningServer } from '../start-server.ts';
import { startTestServer } from '../testing/start-test-server.ts';
import { DEMO_CONTROLLER, putOtherShop, signInAs } from '../testing/test-officer.ts';

const ofStaff = operations.filter(({ caller }) => caller === 'staff');
const OF_A_SHOP = ofStaff.filter(({ path }) => path.includes('{shopId}'));
const OF_NO_SHOP = ofStaff.filter(({ path, method }) => !path.includes('{') && method === 'get');
/** Values that every operation which asks for them takes. */
const QUERY = { from: '2026-03-01', to: '2026-03-02' };

function ask({ path, method, query = [] }: Operation, shopId: string): [string, RequestInit] {
  const search = query.length === 0 ? '' : `?${new URLSearchParams(QUERY)}`;
  return [`${path.replace('{shopId}', shopId)}${search}`, { method: method.toUpperCase() }];
}

/** As if the server had deleted something of a controller. */
async function logRun({ context }: RunningServer, controllerId: ControllerId): Promise<void> {
  const due = dueBy({ linkDays: 30, receiptYears: 3 }, context.now());
  await beginProgress(context.db, controllerId);
  await context.db.transaction().execute(async (transaction) => {
    await addDone(transaction, controllerId, { links: 1, receipts: 0, bodies: 1 });
    await endRun(transaction, controllerId, due, context.random);
  });
}

describe('a controller’s officer', () => {
  it('is given nothing of another controller’s shop, whatever is asked, and cannot tell it from one that is not there', async () => {
    const server = await startTestServer();
    const other = await putOtherShop(server);
    const roles = ['staff', 'officer', 'administrator'] as const;
    expect(OF_A_SHOP.length).toBeGreaterThanOrEqual(4);
    for (const role of roles) {
      const caller = await signInAs(server, role, DEMO_CONTROLLER);
      for (const operation of OF_A_SHOP) {
        const foreign = await caller(...ask(operation, other.shopId));
        const missing = await caller(...ask(operation, 'no-such-shop'));
        const said = `${foreign.status} ${await foreign.text()}`;
        // Who may not do a thing at all is told so before any shop is looked for.
        expect([
          '404 {"reason":"not-found"}',
          ...(role !== 'administrator' ? ['403 {"reason":"not-allowed"}'] : []),
        ]).toContain(said);
        expect(`${missing.status} ${await missing.text()}`, operation.id).toBe(said);
      }
    }
  });

  it('is told of their own shops alone where nothing is asked for by name', async () => {
    const server = await startTestServer();
    const other = await putOtherShop(server);
    // So that each has a ledger of its own that could be mixed up.
    for (const controllerId of [DEMO_CONTROLLER, other.controllerId]) await logRun(server, controllerId);
    const officer = await signInAs(server, 'officer', other.controllerId);
    const administrator = await signInAs(server, 'administrator', other.controllerId);
    expect(OF_NO_SHOP.length).toBeGreaterThanOrEqual(1);
    for (const operation of OF_NO_SHOP) {
      const allowed = operation.id === 'readPeople' ? administrator : officer;
      const text = await (await allowed(...ask(operation, ''))).text();
      expect(text, operation.id).toMatch(/other-(quay|motors)|A (officer|administrator)/);
      expect(text, operation.id).not.toContain('harbour-street');
    }
  });

  it('reads their own shop by every operation, so that the refusals above mean something', async () => {
    const server = await startTestServer();
    const other = await putOtherShop(server);
    const officer = await signInAs(server, 'officer', other.controllerId);
    for (const operation of OF_A_SHOP.filter(({ method }) => method === 'get')) {
      const response = await officer(...ask(operation, other.shopId));
      expect(response.status, operation.id).toBe(200);
      await response.body?.cancel();
    }
  });
});
