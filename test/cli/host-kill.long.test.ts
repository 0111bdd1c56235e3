import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { createFileStore } from '@wasm-plugin/engine/reload';
import { expect, test } from 'vitest';
import { activeComponent } from '../host/active-component.js';
import { startHost } from './host-process.js';
import { temporaryFolder } from './run-cli.js';

const folder = temporaryFolder();

/** The number that a state of the component holds. */
function countOf({ payload }: { payload: Uint8Array }): number {
  return new DataView(payload.buffer, payload.byteOffset).getUint32(0, true);
}

test('a host that is killed again and again goes on from the newest state that was stored', async () => {
  const plugin = join(folder, 'plugins', 'active');
  mkdirSync(plugin, { recursive: true });
  const manifest = {
    id: 'active',
    name: 'active',
    version: '1.0.0',
    world: 'wasm-plugin:abi/plugin',
    entry: 'plugin.wasm',
    activity: { tickMs: 5 },
    state: { schema: 1 },
  };
  writeFileSync(join(plugin, 'plugin.json'), JSON.stringify(manifest));
  writeFileSync(join(plugin, 'plugin.wasm'), await activeComponent());
  const file = join(folder, 'host.json');
  writeFileSync(
    file,
    JSON.stringify({
      folders: ['plugins'],
      store: 'state',
      supervise: { saveMs: 10 },
      live: { pollMs: 1000 },
    }),
  );
  const store = createFileStore(join(folder, 'state'));
  let before = { count: 0, savedAt: 0 };
  for (let round = 0; round < 4; round++) {
    const host = startHost(file);
    if (round > 0) {
      const restored = await host.until(({ event, kind }) => event === 'life' && kind === 'restored');
      expect(restored).toMatchObject({ savedAt: before.savedAt });
    }
    await host.until(({ event }) => event === 'running');
    // The state in the store is a newer one: at least one save was acknowledged.
    let stored = await store.load('active');
    while (stored.state === undefined || countOf(stored.state) <= before.count)
      stored = await store.load('active');
    await host.stop('SIGKILL');
    const { state } = await store.load('active');
    if (state === undefined) throw new Error('wanted a state');
    expect(countOf(state)).toBeGreaterThanOrEqual(countOf(stored.state));
    before = { count: countOf(state), savedAt: state.savedAt };
  }
});
