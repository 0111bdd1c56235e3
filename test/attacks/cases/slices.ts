import { parse } from '@bytecodealliance/jco-transpile/wasm-tools';
import { PluginError, type Limits } from '@wasm-plugin/abi';
import { createEngine, type HostImports } from '@wasm-plugin/engine';
import type { Attack } from '../attack.js';
import { FAST_LOOPS, HOST_MS, SLOW_THINGS, slowGuest } from '../slow-things.js';

const LIMIT_MS = 200;
const LATE = 3;
const MIB = 2 ** 20;
const LOOP = `(component
  (core module $m (func (export "run") (loop $l (br $l))))
  (core instance $i (instantiate $m))
  (func (export "run") (canon lift (core func $i "run"))))`;

function busy(ms: number): () => void {
  return () => {
    for (const start = performance.now(); performance.now() - start < ms;);
  };
}

const IMPORTS = Object.fromEntries(
  Object.entries(HOST_MS).map(([name, ms]) => [name, busy(ms)]),
) as HostImports;

/** Runs each text until its limit ends it, one after the other, and holds each to three times that. */
function endless(
  name: string,
  { limit, texts }: { limit: 'timeMs' | 'wallMs'; texts: readonly string[] },
): Attack {
  const limits: Limits = { [limit]: LIMIT_MS, memoryBytes: 8 * MIB };
  return {
    name: `${name}, under ${limit}`,
    folder: limit === 'wallMs' ? 'wall' : 'slices',
    limitMs: LIMIT_MS * texts.length,
    memoryBytes: 64 * MIB,
    async prepare() {
      const engine = createEngine({ imports: IMPORTS, limits });
      const plugins = await Promise.all(texts.map(async (text) => engine.load(await parse(text))));
      const runs = plugins.map((plugin) => plugin.instantiate().exports['run'] as () => void);
      return () => runs.forEach((run) => endsInTime(run, limit));
    },
  };
}

function endsInTime(run: () => void, limit: 'timeMs' | 'wallMs'): void {
  const start = performance.now();
  try {
    run();
  } catch (error) {
    const code = limit === 'wallMs' ? 'WP_QUOTA_WALL' : 'WP_QUOTA_TIME';
    if (!PluginError.is(error) || error.code !== code) throw error;
    const took = performance.now() - start;
    if (took <= LATE * LIMIT_MS) return;
    throw new Error(`took ${Math.round(took)} ms under a limit of ${LIMIT_MS} ms`, { cause: error });
  }
  throw new Error('it came to an end');
}

const fast = Object.values(FAST_LOOPS);

/** Time in imports is not the guest's, so that only `wallMs` ends those. */
const matrix = Object.entries(SLOW_THINGS).flatMap(([name, slow]) => {
  const texts = fast.map((warm) => slowGuest(warm, slow));
  const isHost = name.startsWith('an import');
  const limits = isHost ? (['wallMs'] as const) : (['timeMs', 'wallMs'] as const);
  return limits.map((limit) => endless(name, { limit, texts }));
});

export const attacks: Attack[] = [endless('an empty loop', { limit: 'timeMs', texts: [LOOP] }), ...matrix];
