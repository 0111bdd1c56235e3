import { parse } from '@bytecodealliance/jco-transpile/wasm-tools';
import { createMeter, meterModule } from '@wasm-plugin/engine/meter';
import type { Attack } from '../attack.js';

const WORK = '(local.set 4 (i32.mul (i32.add (local.get 4) (i32.const 3)) (i32.const 5)))'.repeat(40);

/** A loop around one or more others, which go on for one round more than their way divided by their step. */
function nest(inner: number, { step, test }: { step: number; test: string }): string {
  const inside = Array.from(
    { length: inner },
    (_, at) => `(local.set 3 (i32.const 0))
      (loop $i${at} ${WORK}
        (local.set 3 (i32.add (local.get 3) (i32.const ${step})))
        (br_if $i${at} (${test} (local.get 3) (local.get 1))))`,
  );
  return `(module (func (export "f") (param i32 i32) (result i32) (local i32 i32 i32)
    (loop $outer ${inside.join('')}
      (local.set 2 (i32.add (local.get 2) (i32.const ${step})))
      (br_if $outer (${test} (local.get 2) (local.get 0))))
    (local.get 4)))`;
}

/** A call must end when it burns more than its limit: `burns`, less the straight code behind its last check. */
function undercounted(
  name: string,
  { text, parameters }: { text: string; parameters: readonly number[] },
): Attack {
  return {
    name,
    folder: 'fuel',
    limitMs: 1000,
    memoryBytes: 2 ** 20,
    async prepare() {
      const metered = meterModule(await parse(text));
      if (metered.stats.loopsHoisted === 0) throw new Error('the loops are not counted ahead');
      const code = new WebAssembly.Module(metered.bytes);
      const run = (fuel: number): { ends: boolean; used: number } => {
        const meter = createMeter({ fuel });
        const instance = new WebAssembly.Instance(code);
        meter.attach(metered, instance);
        try {
          (meter.entry(instance, 'f') as (...values: readonly number[]) => number)(...parameters);
          return { ends: true, used: meter.usage().fuel };
        } catch {
          return { ends: false, used: meter.usage().fuel };
        }
      };
      return () => {
        const burns = run(1e12).used;
        for (const part of [0.1, 0.2, 0.26, 0.3, 0.4, 0.5, 0.51, 0.6, 0.66]) {
          const fuel = Math.floor(burns * part);
          if (run(fuel).ends) throw new Error(`it burns ${burns} and gets through on ${fuel}`);
        }
      };
    },
  };
}

export const attacks: Attack[] = [
  undercounted('a nest of short loops', { text: nest(1, { step: 2, test: 'i32.lt_s' }), parameters: [3, 3] }),
  undercounted('many rounds around a short loop', {
    text: nest(1, { step: 2, test: 'i32.lt_s' }),
    parameters: [20_001, 3],
  }),
  undercounted('a short loop around many rounds', {
    text: nest(1, { step: 2, test: 'i32.lt_u' }),
    parameters: [3, 100_001],
  }),
  undercounted('two loops in one', { text: nest(2, { step: 4, test: 'i32.lt_s' }), parameters: [5, 5] }),
  undercounted('loops whose bound is part of their way', {
    text: nest(1, { step: 7, test: 'i32.le_s' }),
    parameters: [7, 7],
  }),
];
