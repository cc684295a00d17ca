import { readdir } from 'node:fs/promises';
import { join } from 'node:path';
import type { Portrait } from './frames.ts';
import { installAside } from './install-aside.ts';

/** 263 faces of people who do not exist, drawn by a network, of all ages and origins, all aligned alike. */
const PACKAGE = 'fake-avatars@1.1.0';

/** `count` portraits, spread over all there are, so that the same number gives the same ones. */
export async function portraits(count: number): Promise<readonly Portrait[]> {
  const folder = join(await installAside([PACKAGE]), 'fake-avatars/avatars/png');
  const names = (await readdir(folder)).toSorted((a, b) => Number.parseInt(a, 10) - Number.parseInt(b, 10));
  return Array.from({ length: Math.min(count, names.length) }, (_, index) => {
    const name = names[Math.floor((index * names.length) / count)] ?? '';
    return { name, image: join(folder, name) };
  });
}
