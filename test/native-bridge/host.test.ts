import { readFileSync } from 'node:fs';
import { memoryFiles, type PluginFiles } from '@wasm-plugin/abi/package';
import type { LimitName, Limits } from '@wasm-plugin/abi';
import { createPluginHost, type PluginHost } from '@wasm-plugin/engine/host';
import { PluginReloads, Supervisor } from '#internals';
import { library } from '@wasm-plugin/native-bridge';
import { afterEach, beforeAll, describe, expect, it } from 'vitest';
import { ManualClock } from '../reload/counter.js';
import { compileLibrary, missingCompiler } from './compile-c.js';

interface Processor {
  describe(): { name: string };
  setParameter(id: number, value: number): void;
  getParameter(id: number): number;
}

const PROCESSOR = 'processor';
const COMPRESSOR = readFileSync(new URL('../../plugins-rust/build/compressor.wasm', import.meta.url));
const missing = missingCompiler();
const libraries: Uint8Array[] = [];
const closing: (() => Promise<void>)[] = [];

beforeAll(() => {
  if (missing === undefined)
    libraries.push(compileLibrary('probe.c'), compileLibrary('probe.c', ['-DNAME="Probe 2"']));
});

afterEach(async () => {
  for (const close of closing.splice(0).toReversed()) await close();
});

/** A version of the probe: a library on this machine, the compressor as a component elsewhere. */
function probe(
  version: 1 | 2,
  { mode = '', ...more }: { mode?: string; [key: string]: unknown } = {},
): PluginFiles {
  const manifest = {
    id: 'acme.probe',
    name: 'Probe',
    version: `${version}.0.0`,
    world: 'wasm-plugin:abi/audio-effect',
    carrier: 'library',
    platforms: [
      { os: 'win32', entry: 'probe.dll' },
      { os: process.platform, cpu: process.arch, entry: 'probe.so' },
    ],
    fallbacks: [{ carrier: 'wasm', entry: 'probe.wasm' }],
    permissions: ['log', 'config'].map((capability) => ({ capability, reason: 'to greet', required: false })),
    state: { schema: 3, restores: [3] },
    config: { schema: { type: 'object', properties: { mode: { type: 'string', default: mode } } } },
    ...more,
  };
  return memoryFiles({
    'plugin.json': JSON.stringify(manifest),
    'probe.so': libraries[version - 1] as Uint8Array,
    'broken.so': 'no library',
    'probe.wasm': COMPRESSOR,
    'broken.wasm': 'no component',
  });
}

interface Hosted {
  host: PluginHost;
  reloads: PluginReloads;
  clock: ManualClock;
  fallbacks: string[];
}

function hostOf(limits: Limits = {}, acceptUnheld: readonly LimitName[] = []): Hosted {
  const clock = new ManualClock();
  const fallbacks: string[] = [];
  const host = createPluginHost({
    carriers: [library({ stopMs: 500 })],
    grants: ['log', 'config'],
    now: clock.now,
    limits,
    acceptUnheld,
  });
  host.on('fallback', ({ entry, error }) => fallbacks.push(`${entry}: ${(error as Error).message}`));
  const reloads = new PluginReloads(host, { clock });
  closing.push(
    () => host.close(),
    () => reloads.close(),
  );
  return { host, reloads, clock, fallbacks };
}

describe.skipIf(missing !== undefined)(
  `a host with native plugins${missing === undefined ? '' : `: ${missing}`}`,
  () => {
    it('runs the entry for its machine, and needs no fallback', async () => {
      const { host, fallbacks } = hostOf();
      const plugin = await host.load(await host.add(probe(1)).then(({ id }) => id));
      expect(plugin.running?.carrier).toBe('library');
      const processor = plugin.exports[PROCESSOR] as unknown as Processor;
      expect(processor.describe().name).toBe('Probe');
      expect(fallbacks).toEqual([]);
    });

    it('tries the next entry where one cannot be loaded, and says so', async () => {
      const { host, fallbacks } = hostOf();
      await host.add(probe(1, { platforms: [{ entry: 'broken.so' }] }));
      const plugin = await host.load('acme.probe');
      expect(plugin.running?.carrier).toBe('wasm');
      expect(plugin.state).toBe('ready');
      expect(fallbacks).toEqual([
        expect.stringMatching(/^broken\.so: Cannot load the library "acme\.probe": /),
      ]);
    });

    it('lists every entry and its reason where none can be loaded', async () => {
      const { host } = hostOf();
      const fallbacks = [{ carrier: 'wasm', entry: 'broken.wasm' }];
      await host.add(probe(1, { platforms: [{ entry: 'broken.so' }], fallbacks }));
      const failure = await host.load('acme.probe').catch((error: unknown) => error);
      expect(failure).toMatchObject({ code: 'WP_CARRIER', cause: { code: 'WP_BRIDGE' } });
      expect(String(failure)).toMatch(
        /"broken\.so" by the carrier "library": .*; "broken\.wasm" by the carrier "wasm": /,
      );
    });

    it('runs the component where only that can hold a limit, unless it is accepted', async () => {
      const strict = hostOf({ fuel: 1e9 });
      await strict.host.add(probe(1));
      expect((await strict.host.load('acme.probe')).running?.carrier).toBe('wasm');
      expect(strict.fallbacks[0]).toContain('the carrier "library" cannot hold "fuel"');
      const accepting = hostOf({ fuel: 1e9 }, ['fuel']);
      await accepting.host.add(probe(1));
      expect((await accepting.host.load('acme.probe')).running?.carrier).toBe('library');
    });

    it('reloads with the state, and ends the old library once the new one is confirmed', async () => {
      const { host, reloads, clock } = hostOf();
      for (const version of [1, 2] as const) await host.add(probe(version));
      const plugin = await host.load('acme.probe', { version: '1.0.0' });
      const {
        setParameter,
        getParameter,
        describe: describeIt,
      } = plugin.exports[PROCESSOR] as unknown as Processor;
      setParameter(0, 1.25);
      const old = plugin.instance;
      const result = await reloads.reload('acme.probe', '2.0.0', { confirm: { calls: 2, ms: 1000 } });
      expect(result).toMatchObject({ to: '2.0.0', state: 'carried' });
      expect([describeIt().name, getParameter(0), old?.state]).toEqual(['Probe 2', 1.25, 'ready']);
      await clock.pass(0);
      expect([old?.state, plugin.state]).toEqual(['closed', 'ready']);
    });

    it('rolls back in the call in which the new library crashes', async () => {
      const { host, reloads } = hostOf();
      await host.add(probe(1));
      await host.add(probe(2, { mode: 'segfault-in-set' }));
      const plugin = await host.load('acme.probe', { version: '1.0.0' });
      const processor = plugin.exports[PROCESSOR] as unknown as Processor;
      processor.setParameter(0, 0.75);
      await reloads.reload('acme.probe', '2.0.0');
      expect(processor.getParameter(0)).toBe(0.75);
      processor.setParameter(0, 1.5);
      expect([processor.describe().name, processor.getParameter(0)]).toEqual(['Probe', 1.5]);
      expect([plugin.version, plugin.state]).toEqual(['1.0.0', 'ready']);
    });

    it('keeps the old library where the new one does not start', async () => {
      const { host, reloads } = hostOf();
      await host.add(probe(1));
      await host.add(probe(2, { mode: 'segfault' }));
      const plugin = await host.load('acme.probe', { version: '1.0.0' });
      await expect(reloads.reload('acme.probe', '2.0.0')).rejects.toMatchObject({ code: 'WP_RELOAD' });
      expect((plugin.exports[PROCESSOR] as unknown as Processor).describe().name).toBe('Probe');
    });

    it('starts a library anew that has crashed, from its last state', async () => {
      const { host, reloads, clock } = hostOf();
      await host.add(probe(1, { mode: 'segfault-in-set' }));
      const plugin = await host.load('acme.probe');
      const restarted = new Promise<void>((resolve, reject) => {
        const supervisor = new Supervisor(host, reloads, {
          clock,
          backoff: { firstMs: 1 },
          onEvent: ({ kind }) => {
            if (kind === 'restarted') resolve();
            if (kind === 'restart-failed' || kind === 'quarantined') reject(new Error(kind));
          },
        });
        closing.push(() => Promise.resolve(supervisor.close()));
        supervisor.watch('acme.probe');
      });
      const processor = plugin.exports[PROCESSOR] as unknown as Processor;
      expect(() => processor.setParameter(0, 1)).toThrow(expect.objectContaining({ code: 'WP_BRIDGE' }));
      await clock.pass(1000);
      await restarted;
      expect([plugin.state, processor.getParameter(0)]).toEqual(['ready', 0.5]);
    });
  },
);
