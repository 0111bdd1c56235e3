import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { PluginFiles } from '@wasm-plugin/abi/package';
import { createPluginHost, type NodePluginHost, type WatchEvent } from '@wasm-plugin/engine/host';
import { createMemoryStore } from '@wasm-plugin/engine/reload';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { COUNTING, ManualClock, type Counting } from '../reload/counter.js';
import { counterFiles } from './counter-host.js';

const QUICK = { debounceMs: 1, settleMs: 1 };

let folder: string;
let host: NodePluginHost;

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'wasm-plugin-sources-'));
  host = createPluginHost({ grants: ['log'], clock: new ManualClock(), store: createMemoryStore() });
});

afterEach(async () => {
  await host.close();
  await rm(folder, { recursive: true });
});

/**
 * A watch of a counter whose build makes a chosen version. Returns a function that changes the version, and waits for the
 * event.
 */
async function watching() {
  let made: (() => PluginFiles) | undefined;
  let wake: (event: WatchEvent) => void = () => undefined;
  await host.watch('counter', {
    ...QUICK,
    path: folder,
    build() {
      if (made === undefined) throw new SyntaxError('line 1: what is this?');
      return made();
    },
    onEvent(event) {
      if (event.kind !== 'changed' && event.kind !== 'built') wake(event);
    },
  });
  let changes = 0;
  return async (to: typeof made): Promise<WatchEvent> => {
    const outcome = new Promise<WatchEvent>((resolve) => (wake = resolve));
    made = to;
    // Another file each time: one that changes again and again is taken ever more rarely.
    await writeFile(join(folder, `source-${++changes}.txt`), '');
    return await outcome;
  };
}

const counting = (): Counting => host.get('counter').exports[COUNTING] as unknown as Counting;

describe('PluginHost.watch()', () => {
  it('starts a plugin that nobody knows with the first version that can be built and started', async () => {
    const change = await watching();
    expect(await change(undefined)).toMatchObject({ kind: 'failed', what: 'build' });
    const failing = () => counterFiles(1, { interfaces: ['acme:none/none'] });
    for (const make of [failing, failing])
      expect(await change(make)).toMatchObject({
        kind: 'failed',
        what: 'start',
        error: { code: 'WP_EXPORT_MISSING' },
      });
    expect(await change(() => counterFiles(1))).toMatchObject({ kind: 'started' });
    expect(counting().add(1n)).toMatchObject({ version: 1, calls: 1n });
    expect(await change(() => counterFiles(1))).toMatchObject({ kind: 'unchanged' });
    expect(await change(() => counterFiles(2))).toMatchObject({ kind: 'reloaded', state: 'carried' });
    expect(counting().add(1n)).toMatchObject({ version: 2, calls: 2n });
  });

  it('still knows what runs after a version was refused', async () => {
    const change = await watching();
    await change(() => counterFiles(2));
    const refused = () => counterFiles(2, { interfaces: ['acme:none/none'] });
    expect(await change(refused)).toMatchObject({ kind: 'failed', what: 'reload' });
    expect(await change(() => counterFiles(2))).toMatchObject({ kind: 'unchanged' });
  });

  it('goes on from the last good state of a plugin that has died', async () => {
    const change = await watching();
    await change(() => counterFiles(1));
    counting().add(5n);
    await host.save('counter');
    const schema = { type: 'object', properties: { fault: { type: 'string', default: 'call-1' } } };
    await change(() => counterFiles(2, { config: { schema } }));
    host.confirm('counter');
    expect(() => counting().add(1n)).toThrow(expect.objectContaining({ code: 'WP_TRAP' }));
    expect(host.get('counter').state).toBe('dead');
    expect(await change(() => counterFiles(2))).toMatchObject({ kind: 'reloaded', state: 'last-good' });
    expect(counting().read()).toMatchObject({ total: 5n });
  });

  it('starts nothing that is disabled, and nothing that is another plugin', async () => {
    await host.add(counterFiles(1));
    await host.disable('counter');
    const change = await watching();
    expect(await change(() => counterFiles(2))).toMatchObject({
      what: 'start',
      error: { code: 'WP_LIFECYCLE' },
    });
    expect(await change(() => counterFiles(2, { id: 'other' }))).toMatchObject({
      what: 'start',
      error: { message: expect.stringContaining('"other"') as string },
    });
    expect(host.get('counter').state).toBe('disabled');
  });

  it('refuses to watch a plugin that nobody knows, where there is no path', async () => {
    await expect(host.watch('counter')).rejects.toMatchObject({ code: 'WP_NOT_FOUND' });
  });
});
