import { spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync } from 'node:fs';
import { mkdir, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

/**
 * Installs what only a bench needs into a folder of its own, once, and gives its `node_modules`. The program and its tests never need it,
 * so that nobody waits for it who only starts them.
 */
export async function installAside(packages: readonly string[]): Promise<string> {
  const name = createHash('sha256').update(packages.join(' ')).digest('hex').slice(0, 16);
  const folder = join(tmpdir(), 'askfirst-bench-packages', name);
  const stamp = join(folder, 'installed');
  if (!existsSync(stamp)) {
    await mkdir(folder, { recursive: true });
    console.error(`Installing ${packages.join(', ')} for this bench ...`);
    const npm = process.platform === 'win32' ? 'npm.cmd' : 'npm';
    const args = ['install', '--no-save', '--ignore-scripts', '--no-audit', '--no-fund', '--prefix', folder];
    const { status } = spawnSync(npm, [...args, ...packages], { stdio: ['ignore', 2, 2] });
    if (status !== 0) throw new Error(`npm could not install ${packages.join(', ')}.`);
    await writeFile(stamp, '');
  }
  return join(folder, 'node_modules');
}
