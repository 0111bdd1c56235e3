import { meterModule } from '@wasm-plugin/engine/meter';
import { referenceMeter, runReference } from '../../meter/reference-meter.js';
import { runMetered } from '../../meter/run-metered.js';
import { functionModule, I32, signed } from '../../meter/wasm-builder.js';
import type { Random } from '../../support/random.js';
import type { Generator } from '../generator.js';

/** A counted loop, and the work of a round. */
export interface Loop {
  /** Place of its test: at the end of a round, or at the start, in a block or in an `if`. */
  shape: 'last' | 'block' | 'if';
  /** The comparison under which it goes on. */
  op: number;
  step: number;
  from: Operand;
  to: Operand;
  /** Number of additions in a round. */
  work: number;
  inner: readonly Loop[];
}

/** A constant, or one of the two parameters. */
export type Operand = { constant: number } | { parameter: 0 | 1 };

/** Loops, and the parameters they are called with. */
export interface LoopsInput {
  loops: readonly Loop[];
  parameters: readonly [number, number];
}

/** Runs that burn more are only compared up to here. */
const MOST_FUEL = 20_000;
const FIRST_COUNTER = 3;
const NE = 0x47;
const UP = [0x48, 0x49, 0x4c, 0x4d];
const DOWN = [0x4a, 0x4b, 0x4e, 0x4f];

const SMALL = [0, 1, 2, 3, 4, 5, 7, 8, 9, 16, 17, 31, 100];
const EDGES = [-1, -4, 0x7fffffff, 0x7ffffffd, -0x80000000, -0x7fffffff];

function operand(random: Random): Operand {
  if (random.chance(0.4)) return { parameter: random.chance(0.5) ? 0 : 1 };
  return { constant: random.pick(random.chance(0.9) ? SMALL : EDGES) };
}

function loopFrom(random: Random, depth: number): Loop {
  const rises = random.chance(0.7);
  const step = random.pick([1, 1, 2, 3, 4, 5, 7, 8]);
  const inner =
    depth > 1 && random.chance(0.8)
      ? random.many(1 + random.below(2), () => loopFrom(random, depth - 1))
      : [];
  return {
    shape: random.pick(['last', 'last', 'block', 'if']),
    op: random.chance(0.2) ? NE : random.pick(rises ? UP : DOWN),
    step: rises ? step : -step,
    from: rises && random.chance(0.7) ? { constant: 0 } : operand(random),
    to: !rises && random.chance(0.7) ? { constant: 0 } : operand(random),
    work: random.below(4),
    inner,
  };
}

const get = (local: number): number[] => [0x20, local];
const i32 = (value: number): number[] => [0x41, ...signed(value)];
const push = (of: Operand): number[] => ('constant' in of ? i32(of.constant) : get(of.parameter));

/** Writes loops, whose counters are the locals from `counter` on. Returns the code, and the next free local. */
function codeOf(loops: readonly Loop[], counter: number): { code: number[]; next: number } {
  const code: number[] = [];
  let next = counter;
  for (const loop of loops) {
    const own = next;
    const inside = codeOf(loop.inner, own + 1);
    next = inside.next;
    const work = Array.from({ length: loop.work }, () => [...get(2), ...get(own), 0x6a, 0x21, 2]).flat();
    const advanced = [...get(own), ...i32(loop.step), 0x6a];
    const test = [...push(loop.to), loop.op];
    const round = [...work, ...inside.code];
    code.push(...push(loop.from), 0x21, own);
    if (loop.shape === 'last')
      code.push(0x03, 0x40, ...round, ...advanced, 0x22, own, ...test, 0x0d, 0, 0x0b);
    else if (loop.shape === 'block') {
      code.push(0x02, 0x40, 0x03, 0x40, ...get(own), ...test, 0x45, 0x0d, 1);
      code.push(...round, ...advanced, 0x21, own, 0x0c, 0, 0x0b, 0x0b);
    } else {
      code.push(0x03, 0x40, ...get(own), ...test, 0x04, 0x40);
      code.push(...round, ...advanced, 0x21, own, 0x0c, 1, 0x0b, 0x0b);
    }
  }
  return { code, next };
}

/** Writes the module. */
export function moduleFrom({ loops }: LoopsInput): Uint8Array<ArrayBuffer> {
  const { code, next } = codeOf(loops, FIRST_COUNTER);
  const locals = Array.from({ length: next - 2 }, () => I32);
  return functionModule({ params: [I32, I32], results: [I32] }, locals, [...code, ...get(2)]);
}

/**
 * Nests of counted loops burn the fuel that a meter counts instruction by instruction, and end at the same place: at the fuel
 * that their last check needs, and around their total.
 */
export const generator: Generator<LoopsInput> = {
  name: 'loops',
  testRuns: 300,
  make: (random) => ({
    loops: random.many(1 + random.below(2), () => loopFrom(random, 1 + random.below(3))),
    parameters: [random.pick(SMALL), random.pick(random.chance(0.9) ? SMALL : EDGES)],
  }),
  check(input) {
    const bytes = moduleFrom(input);
    const reference = new WebAssembly.Module(referenceMeter(bytes));
    const metered = meterModule(bytes);
    const at = (fuel: number) => ({ name: 'f', arguments: input.parameters, fuel });
    const whole = runReference(reference, at(MOST_FUEL));
    const most = whole.end === 'ok' ? whole.fuel : MOST_FUEL;
    let [short, enough] = [0, most + 1];
    while (whole.end === 'ok' && enough - short > 1) {
      const middle = (short + enough) >> 1;
      if (runReference(reference, at(middle)).end === 'ok') enough = middle;
      else short = middle;
    }
    const limits = [1, most >> 1, short - 1, short, short + 1, most - 1, most, most + 1];
    for (const fuel of new Set(limits.filter((limit) => limit > 0))) {
      const wanted = runReference(reference, at(fuel));
      const got = runMetered(metered, at(fuel));
      const said = { end: got.end, fuel: got.fuel, result: got.results[0] };
      if (JSON.stringify(said) !== JSON.stringify(wanted))
        throw new Error(`with ${fuel} fuel: ${JSON.stringify(said)}, wanted ${JSON.stringify(wanted)}`);
    }
    return whole.end === 'ok'
      ? metered.stats.loopsHoisted > 0
        ? 'hoisted'
        : 'checked'
      : 'ended by its fuel';
  },
  *shrink({ loops, parameters }) {
    for (const [at, loop] of loops.entries()) {
      if (loops.length > 1) yield { loops: loops.filter((_, other) => other !== at), parameters };
      if (loop.inner.length > 0)
        yield { loops: loops.with(at, { ...loop, inner: loop.inner.slice(1) }), parameters };
      if (loop.work > 0) yield { loops: loops.with(at, { ...loop, work: 0 }), parameters };
    }
  },
  show: (input) => `${JSON.stringify(input)}\n${Buffer.from(moduleFrom(input)).toString('base64')}\n`,
};
