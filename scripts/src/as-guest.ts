import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { buildPlugin } from '@wasm-plugin/as';
import { withChangedSources } from './changed-sources.js';
import { ROOT, type Guest } from './guests.js';

/** Returns the version of the AssemblyScript compiler of `buildAsGuest`: the one that the SDK pins. */
export function asToolchain(): string {
  const file = join(ROOT, 'plugins-as/sdk/package.json');
  const { dependencies } = JSON.parse(readFileSync(file, 'utf8')) as { dependencies: Record<string, string> };
  return `assemblyscript ${dependencies['assemblyscript']}`;
}

/** Builds a plugin of `plugins-as`. The bytes depend on the sources and the pinned tools only. */
export async function buildAsGuest(guest: Guest): Promise<void> {
  const build = (folder: string): Promise<Uint8Array> =>
    buildPlugin({
      entry: join(folder, 'assembly/index.ts'),
      wit: join(ROOT, guest.wit),
      world: guest.world,
    });
  const component =
    guest.changedFrom === undefined
      ? await build(join(ROOT, `plugins-as/${guest.name}`))
      : await withChangedSources(join(ROOT, guest.changedFrom), guest.name, build);
  const file = join(ROOT, guest.output);
  mkdirSync(dirname(file), { recursive: true });
  writeFileSync(file, component);
}
