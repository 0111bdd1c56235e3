import { Random } from '../support/random.js';

export const COUNTINGS = ['alone', 'shared'] as const;

/** A program that calls itself in every way. Each export takes how deep it may go. */
export interface Program {
  readonly wat: string;
  readonly exports: readonly string[];
  readonly depth: number;
}

/**
 * Makes functions that call the import `probe` and then others: directly, by table, in tail position, or under an exception
 * handler that catches a callee's exceptions.
 */
export function randomProgram(seed: number): Program {
  const random = new Random(seed);
  const count = 2 + random.below(7);
  const names = random.many(count, (index) => `$f${index}`);
  const less = '(i32.sub (local.get 0) (i32.const 1))';
  const target = () => random.pick(names);
  const byTable = (op: string) => `(${op} (type $t) ${less} (i32.const ${random.below(count)}))`;
  const call = (): string => {
    const kind = random.below(6);
    if (kind === 0) return byTable('call_indirect');
    if (kind === 1) return `try ${call()} (throw $e) catch_all end`;
    if (kind === 2) return `try ${call()} catch $e ${call()} end`;
    return `(call ${target()} ${less})`;
  };
  const end = (): string => {
    const kind = random.below(5);
    if (kind === 0) return `(return_call ${target()} ${less})`;
    if (kind === 1) return byTable('return_call_indirect');
    if (kind === 2) return '(throw $e)';
    return '';
  };
  const functions = names.map(
    (name) => `(func ${name} (type $t)
      (call $probe)
      (if (i32.eqz (local.get 0)) (then (return)))
      ${random.many(random.below(3), call).join('\n')} ${end()})`,
  );
  const exports = names.filter((_, index) => index === 0 || random.chance(0.3));
  const wat = `(module
    (type $t (func (param i32)))
    (tag $e)
    (import "" "probe" (func $probe))
    (table funcref (elem ${names.join(' ')}))
    ${functions.join('\n')}
    ${exports.map((name) => `(func (export "${name}") (type $t) try (call ${name} (local.get 0)) catch_all end)`).join('\n')})`;
  return { wat, exports, depth: 3 + random.below(4) };
}

/** Runs a program as it is, and gives the most frames of wasm that the engine's stack traces show. */
export function deepestStack(binary: Uint8Array, { exports, depth }: Program): number {
  let deepest = 0;
  const limit = Error.stackTraceLimit;
  Error.stackTraceLimit = Infinity;
  const probe = () => {
    const frames = (new Error().stack ?? '').split('\n').filter((line) => line.includes('wasm://'));
    deepest = Math.max(deepest, frames.length);
  };
  try {
    const module = new WebAssembly.Module(binary as Uint8Array<ArrayBuffer>);
    const instance = new WebAssembly.Instance(module, { '': { probe } });
    for (const name of exports) (instance.exports[name] as (depth: number) => void)(depth);
  } finally {
    Error.stackTraceLimit = limit;
  }
  return deepest;
}
