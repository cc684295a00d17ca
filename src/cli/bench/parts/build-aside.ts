import { buildIfNeeded } from '../../build.mjs';

/** What the build says goes where errors go: a bench prints figures and nothing else. */
export async function buildAside(): Promise<void> {
  const { log } = console;
  console.log = console.error;
  try {
    await buildIfNeeded();
  } finally {
    console.log = log;
  }
}
