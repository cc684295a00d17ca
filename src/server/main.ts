import { randomBytes } from 'node:crypto';
import { instant } from '#values';
import { readOptions } from './options.ts';
import { type RunningServer, startServer } from './start-server.ts';
import { troubleInWords } from './trouble.ts';

const read = readOptions(process.env, process.argv.slice(2));
if (!read.ok) fail(read.reason);
const { options } = read;

try {
  const server = await startServer({
    ...options,
    now: () => instant(Date.now()),
    random: (length) => new Uint8Array(randomBytes(length)),
  });
  await announce(server);
  closeOnSignal(server);
} catch (error) {
  const words = troubleInWords(error, options);
  if (words === null) throw error;
  fail(words);
}

async function announce({ url, demo }: RunningServer): Promise<void> {
  const publicUrl = options.publicUrl ?? url;
  console.log(`\n  AskFirst is ready.\n\n  Kiosk   ${publicUrl}/`);
  if (demo !== null) {
    console.log(`  Staff   ${(await demo.signInUrl()).replace(url, publicUrl)}   (works once)`);
  }
  console.log(`  Docs    ${publicUrl}/docs`);
  if (demo !== null) {
    console.log(`\n  Staff PIN on the tablet: ${demo.staffPin ?? 'the one made on the staff screen'}`);
  }
  console.log(
    `  Data    ${options.databaseUrl === null ? options.dataDir : 'PostgreSQL'}\n\n  Stop with Ctrl+C.\n`,
  );
}

function closeOnSignal(server: RunningServer): void {
  for (const signal of ['SIGINT', 'SIGTERM'] as const) {
    process.once(signal, () => void server.close().then(() => process.exit(0)));
  }
}

function fail(sentence: string): never {
  console.error(`\n  ${sentence}\n`);
  process.exit(1);
}
