import { connect, createServer, type Socket } from 'node:net';
import type { Kept } from './images.ts';

/** A wire between a tablet and the server that keeps every byte the tablet sends, whoever on the page sends it and however. */
export interface RecordingProxy {
  readonly url: string;
  /** All that was sent so far, a connection each. */
  readonly sent: () => Kept[];
  readonly close: () => Promise<void>;
}

export async function recordingProxy(serverUrl: string): Promise<RecordingProxy> {
  const target = new URL(serverUrl);
  const connections: Buffer[][] = [];
  const sockets = new Set<Socket>();
  const proxy = createServer((tablet) => {
    const chunks: Buffer[] = [];
    connections.push(chunks);
    const server = connect(Number(target.port), target.hostname);
    for (const socket of [tablet, server]) {
      sockets.add(socket);
      socket.on('error', () => undefined);
    }
    tablet.on('data', (chunk) => chunks.push(Buffer.from(chunk)));
    tablet.pipe(server).pipe(tablet);
  });
  await new Promise<void>((resolve) => proxy.listen(0, '127.0.0.1', resolve));
  const address = proxy.address();
  if (address === null || typeof address === 'string') throw new Error('The proxy does not listen.');
  return {
    url: `http://127.0.0.1:${address.port}`,
    sent: () =>
      connections.map((chunks, index) => ({ where: `connection ${index}`, bytes: Buffer.concat(chunks) })),
    close: async () => {
      for (const socket of sockets) socket.destroy();
      await new Promise((resolve) => proxy.close(resolve));
    },
  };
}
