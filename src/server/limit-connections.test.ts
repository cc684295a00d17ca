import { connect, createServer, type Socket } from 'node:net';
import { describe, expect, it, onTestFinished } from 'vitest';
import { limitConnections, shareOf } from './limit-connections.ts';

async function limited(most: number, trustedProxies: readonly string[] = []) {
  const server = createServer();
  limitConnections(server, most, trustedProxies);
  server.on('connection', (socket) => !socket.destroyed && socket.write('in'));
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const sockets: Socket[] = [];
  onTestFinished(() => {
    for (const socket of sockets) socket.destroy();
    server.close();
  });
  const { port } = server.address() as { port: number };
  /** Whether the server let it in. */
  const knock = (from = '127.0.0.1') =>
    new Promise<boolean>((resolve) => {
      const socket = connect({ port, host: '127.0.0.1', localAddress: from });
      sockets.push(socket);
      socket.once('data', () => resolve(true));
      socket.once('error', () => resolve(false));
      socket.once('close', () => resolve(false));
    });
  return { knock, sockets };
}

describe('connections of one address', () => {
  it('are let in up to its share, and others go on being let in', async () => {
    const { knock } = await limited(3);
    expect([await knock(), await knock(), await knock()]).toEqual([true, true, true]);
    expect(await knock()).toBe(false);
    expect(await knock('127.0.0.2')).toBe(true);
  });

  it.each([
    [
      'one household of IPv6, whichever of its addresses it takes',
      '2001:db8::1',
      '2001:db8:0:0:ffff::2',
      true,
    ],
    ['two households of IPv6', '2001:db8::1', '2001:db8:0:1::1', false],
    ['an address of IPv4, also where it is written as one of IPv6', '192.0.2.1', '::ffff:192.0.2.1', true],
    ['two addresses of IPv4 that are written as IPv6', '::ffff:192.0.2.1', '::ffff:192.0.2.2', false],
    ['one household, however it is written', '2001:DB8:0::1', '2001:db8::0:2', true],
  ])('are told apart by who has them: %s', async (_, one, other, isSame) => {
    expect(shareOf(one) === shareOf(other)).toBe(isSame);
  });

  it('give their place back when they close', async () => {
    const { knock, sockets } = await limited(1);
    expect(await knock()).toBe(true);
    expect(await knock()).toBe(false);
    sockets[0]?.destroy();
    await expect.poll(() => knock()).toBe(true);
  });

  it('have no limit where it is a trusted proxy', async () => {
    const { knock } = await limited(1, ['127.0.0.0/8']);
    expect([await knock(), await knock(), await knock()]).toEqual([true, true, true]);
  });
});
