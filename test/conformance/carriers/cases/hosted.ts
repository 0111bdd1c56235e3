import assert from 'node:assert/strict';
import { LIMITS, type LimitName, type Limits } from '@wasm-plugin/abi';
import { memoryFiles, type PluginFiles } from '@wasm-plugin/abi/package';
import { createPluginHost, type PluginHost } from '@wasm-plugin/engine/host';
import { PluginReloads } from '#internals';
import { ManualClock } from '../../../reload/counter.js';
import { hostFunctions, type CarrierBench, type CarrierCase } from '../carrier-case.js';
import { pluginErrorOf } from './errors-of.js';

/** The host counts these itself, for any carrier. */
const HELD_BY_HOST: readonly LimitName[] = ['stateBytes', 'logLinesPerSecond'];

/** A limit that any plugin keeps. */
const ROOMY = 2 ** 26;

function hostWith(
  bench: CarrierBench,
  options: { limits?: Limits; acceptUnheld?: readonly LimitName[] },
): PluginHost {
  const carrier = bench.target.create({ limits: {}, imports: hostFunctions([]) });
  const host = createPluginHost({ carriers: [carrier], grants: ['log'], ...options });
  bench.atEnd(() => host.close());
  return host;
}

async function filesOf(bench: CarrierBench, version: string): Promise<PluginFiles> {
  const { kind } = bench.target.create({ limits: {}, imports: {} });
  const manifest = {
    id: 'acme.eq',
    name: 'Equalizer',
    version,
    world: 'wasm-plugin:abi/audio-effect',
    carrier: kind,
    entry: 'plugin',
    permissions: [{ capability: 'log', reason: 'to say that it is ready', required: false }],
    state: { schema: 1, restores: [1] },
  };
  return memoryFiles({
    'plugin.json': JSON.stringify(manifest),
    plugin: await bench.target.bytesOf('equalizer'),
  });
}

type Functions = Record<string, (...args: unknown[]) => unknown>;

export const HOSTED_CASES: readonly CarrierCase[] = [
  {
    name: 'limits: each is held, or refused at load by its name unless it is accepted',
    async run(bench) {
      const { enforces } = bench.target.create({ limits: {}, imports: {} });
      for (const name of Object.keys(LIMITS) as LimitName[]) {
        const limits = { [name]: Math.min(LIMITS[name].fallback, ROOMY) };
        const strict = hostWith(bench, { limits });
        await strict.add(await filesOf(bench, '1.0.0'));
        if (enforces.has(name) || HELD_BY_HOST.includes(name)) {
          await strict.load('acme.eq');
          continue;
        }
        const error = await pluginErrorOf(() => strict.load('acme.eq'));
        assert.equal(error.code, 'WP_LIMITS');
        assert.match(error.message, new RegExp(`cannot hold "${name}"`));
      }
      const accepting = hostWith(bench, { limits: { fuel: 1e12 }, acceptUnheld: ['fuel'] });
      await accepting.add(await filesOf(bench, '1.0.0'));
      await accepting.load('acme.eq');
    },
  },
  {
    name: 'reload: the state is carried, the exports stay, the old instance ends once the new one is confirmed',
    async run(bench) {
      const clock = new ManualClock();
      const host = hostWith(bench, {});
      const reloads = new PluginReloads(host, { clock });
      bench.atEnd(() => reloads.close());
      for (const version of ['1.0.0', '1.1.0']) await host.add(await filesOf(bench, version));
      const plugin = await host.load('acme.eq', { version: '1.0.0' });
      const processor = plugin.exports['processor'] as unknown as Functions;
      await processor['setParameter']?.(64, -7);
      const old = plugin.instance;
      const result = await reloads.reload('acme.eq', '1.1.0', { confirm: { calls: 1, ms: 1000 } });
      assert.equal(result.state, 'carried');
      assert.equal(await processor['getParameter']?.(64), -7);
      await clock.pass(1000);
      assert.equal(old?.state, 'closed');
      assert.equal(plugin.version, '1.1.0');
    },
  },
];
