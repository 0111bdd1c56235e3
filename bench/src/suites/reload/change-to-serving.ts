import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { memoryFiles } from '@wasm-plugin/abi/package';
import { createPluginHost } from '@wasm-plugin/engine/host';
import type { Clock } from '../../harness/index.js';
import { readGuest } from '../guests.js';
import { BACK } from './counter-line.js';

/** Measures from a file that is written to the new version answering, in nanoseconds; the file is the component itself. */
export async function measureChanges(changes: number, clock: Clock): Promise<number[]> {
  const folder = await mkdtemp(join(tmpdir(), 'wasm-plugin-bench-'));
  const file = join(folder, 'plugin.wasm');
  const components = [1, 2].map((number) => readGuest(`plugins-rust/build/counter-v${number}.wasm`));
  let number = 1;
  await writeFile(file, components[0] as Uint8Array);
  const host = createPluginHost({ reload: { migrations: () => BACK } });
  const build = (): ReturnType<typeof memoryFiles> => pluginOf(number, components[number - 1] as Uint8Array);
  await host.add(build());
  await host.load('counter');
  let served = (): void => undefined;
  await host.watch('counter', {
    path: file,
    build,
    onEvent: (event) => {
      if (event.kind === 'failed') throw event.error;
      if (event.kind === 'reloaded') served();
    },
  });
  const samples: number[] = [];
  for (let change = 0; change < changes; change++) {
    number = number === 1 ? 2 : 1;
    const done = new Promise<void>((resolve) => (served = resolve));
    const start = clock();
    await writeFile(file, components[number - 1] as Uint8Array);
    await done;
    samples.push(clock() - start);
  }
  await host.close();
  await rm(folder, { recursive: true });
  return samples;
}

function pluginOf(number: number, wasm: Uint8Array): ReturnType<typeof memoryFiles> {
  const manifest = {
    id: 'counter',
    name: 'counter',
    version: `${number}.0.0`,
    world: 'wasm-plugin:counter/counter',
    entry: 'plugin.wasm',
    state: { schema: number, restores: number === 2 ? [1, 2] : [1] },
  };
  return memoryFiles({ 'plugin.json': JSON.stringify(manifest), 'plugin.wasm': wasm }, `counter-${number}`);
}
