import { PluginError, type Limits } from '@wasm-plugin/abi';
import { createEngine, type Instance } from '@wasm-plugin/engine';
import type { Attack } from '../attack.js';
import { definitions, manyInstances, REPEATED } from '../many-instances.js';

const LIMITS: Limits = { fuel: 1e6, timeMs: 50, memoryBytes: 65536, tableElements: 10, handles: 10 };
/** Limits for an instance whose needs those limits would refuse by themselves. */
const WIDE: Limits = { fuel: 1e6, timeMs: 50 };
const MIB = 2 ** 20;

interface Bomb {
  bytes: () => Promise<Uint8Array>;
  limits?: Limits;
  /** Permitted ends. @default WP_QUOTA_LINK, WP_QUOTA_TIME */
  wanted?: readonly string[];
  /** Number of instances beside one another. @default 1 */
  times?: number;
}

/** An attack whose cost is the making of an instance. */
function bomb(name: string, { bytes, limits = LIMITS, wanted, times = 1 }: Bomb): Attack {
  const codes = wanted ?? ['WP_QUOTA_LINK', 'WP_QUOTA_TIME'];
  return {
    name,
    folder: 'instantiate',
    limitMs: 1000,
    memoryBytes: 64 * MIB,
    async prepare() {
      const plugin = await createEngine({ limits }).load(await bytes());
      return () => {
        const kept: Instance[] = [];
        for (let left = times; left > 0; left--) {
          try {
            kept.push(plugin.instantiate());
          } catch (error) {
            if (PluginError.is(error) && codes.includes(error.code)) continue;
            throw error;
          }
        }
        if (kept.length > 0 && !codes.includes('none')) throw new Error('it was instantiated');
      };
    },
  };
}

function repeat(count: number, text: (at: number) => string): string {
  return `(module ${Array.from({ length: count }, (_, at) => text(at)).join('')})`;
}

const CORES: Readonly<Record<string, string>> = {
  '4,000 functions': repeat(4000, (at) => `(func (export "f${at}"))`),
  '1,000 exports of one function': `(module (func $f) ${Array.from(
    { length: 1000 },
    (_, at) => `(export "e${at}" (func $f))`,
  ).join('')})`,
  '10,000 globals': repeat(10_000, () => '(global i64 (i64.const 0))'),
  '10,000 vector globals': repeat(10_000, () => '(global v128 (v128.const i64x2 0 0))'),
  '1,000 empty tables': repeat(1000, () => '(table 0 funcref)'),
  '1,000 tags': repeat(1000, () => '(tag)'),
  '10,000 element segments': `(module (func $f) ${'(elem func $f)'.repeat(10_000)})`,
  'an element segment of 100,000': `(module (func $f) (elem func ${'$f '.repeat(100_000)}))`,
  '1,000 exported globals': repeat(1000, (at) => `(global (export "${at}") i32 (i32.const 0))`),
};

export const attacks: Attack[] = [
  ...Object.entries(CORES).map(([name, core]) =>
    bomb(`4,090 × ${name}`, { bytes: () => manyInstances(core, { instances: 4090 }) }),
  ),
  bomb('4,090 empty memories', {
    bytes: () => manyInstances('(module (memory 0))', { instances: 4090 }),
    limits: { ...LIMITS, memoryBytes: 0 },
  }),
  bomb('200,000 functions by 8 instances beside each other', {
    bytes: () =>
      manyInstances(
        repeat(3000, (at) => `(func (export "f${at}"))`),
        { instances: 8 },
      ),
    times: 8,
    wanted: ['WP_QUOTA_LINK', 'WP_QUOTA_TIME', 'none'],
  }),
  bomb('4,090 × a data segment of 60 KiB', {
    bytes: () =>
      manyInstances(`(module (memory 1) (data (i32.const 0) "${'a'.repeat(60_000)}"))`, { instances: 4090 }),
    limits: { ...WIDE, memoryBytes: '512 MiB' },
  }),
  ...Object.keys(REPEATED).map((name) =>
    bomb(`4,090,000 definitions: ${name}`, {
      bytes: () =>
        manyInstances('(module (func (export "f")))', { instances: 4090, rest: definitions(name, 1000) }),
    }),
  ),
];
