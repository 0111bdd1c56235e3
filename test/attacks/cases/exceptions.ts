import { parse } from '@bytecodealliance/jco-transpile/wasm-tools';
import { PluginError } from '@wasm-plugin/abi';
import { createEngine } from '@wasm-plugin/engine';
import type { Attack } from '../attack.js';

const MIB = 2 ** 20;
const LIMIT_MS = 1000;
const EIGHT = '(i64.const 1)'.repeat(8);

/** Makes exceptions and keeps them: `keep` takes the one on the stack. */
function keeper({
  tag,
  values,
  keep,
  fields = '',
}: {
  tag: string;
  values: string;
  keep: string;
  fields?: string;
}): string {
  return `(component
  (core module $m
    (tag $t (param ${tag})) ${fields}
    (func (export "run") (local $e exnref) (local $n i32)
      (loop $l
        (block $h (result exnref)
          (try_table (catch_all_ref $h) (throw $t ${values}))
          (unreachable))
        ${keep}
        (br $l))))
  (core instance $i (instantiate $m))
  (func (export "run") (canon lift (core func $i "run"))))`;
}

const CHAIN = {
  tag: `exnref ${'i64 '.repeat(8)}`,
  values: `(local.get $e) ${EIGHT}`,
  keep: '(local.set $e)',
};
const NEXT = '(local.set $n (i32.rem_u (i32.add (local.get $n) (i32.const 1)) (i32.const 999999)))';

const REFUSED: Readonly<Record<string, string>> = {
  'a chain of exceptions': keeper(CHAIN),
  'a chain that a reference of its own type makes': keeper({
    ...CHAIN,
    tag: `(ref null exn) ${'i64 '.repeat(8)}`,
  }),
  'a chain through the second of two values': keeper({
    tag: 'i32 exnref',
    values: '(i32.const 1) (local.get $e)',
    keep: '(local.set $e)',
  }),
  'exceptions in a table': keeper({
    tag: 'i64 '.repeat(16),
    values: EIGHT + EIGHT,
    fields: '(table $k 1000000 exnref)',
    keep: `(local.set $e) (table.set $k (local.get $n) (local.get $e)) ${NEXT}`,
  }),
  'an exception in a global': keeper({
    tag: 'i32',
    values: '(i32.const 1)',
    fields: '(global $k (mut exnref) (ref.null exn))',
    keep: '(global.set $k)',
  }),
  'exceptions of 16 vectors': keeper({
    tag: 'v128 '.repeat(16),
    values: '(v128.const i64x2 1 1)'.repeat(16),
    keep: '(local.set $e)',
  }),
};

/** The deepest recursion keeps an exception of the largest kind in each of 500 locals. */
const LOCALS = Array.from({ length: 500 }, (_, at) => at + 1);
const ON_THE_STACK = `(component
  (core module $m
    (tag $t (param ${'i64 '.repeat(16)}))
    (func $f (export "run") (local ${'exnref '.repeat(501)})
      ${LOCALS.map(
        (
          at,
        ) => `(block $h (result exnref) (try_table (catch_all_ref $h) (throw $t ${EIGHT}${EIGHT})) (unreachable))
        (local.set ${at})`,
      ).join('')}
      (call $f)
      ${LOCALS.map((at) => `(drop (local.get ${at}))`).join('')}))
  (core instance $i (instantiate $m))
  (func (export "run") (canon lift (core func $i "run"))))`;

function missing(): string | undefined {
  return Number(process.versions.v8.split('.')[0]) < 13 ? 'its V8 has no exnref' : undefined;
}

function keeping(name: string, { text, codes }: { text: string; codes: readonly string[] }): Attack {
  return {
    name,
    folder: 'exceptions',
    limitMs: LIMIT_MS,
    memoryBytes: 16 * MIB,
    missing,
    async prepare() {
      const bytes = await parse(text);
      const engine = createEngine({ limits: { timeMs: LIMIT_MS, memoryBytes: MIB } });
      return async () => {
        try {
          ((await engine.load(bytes)).instantiate().exports['run'] as () => void)();
        } catch (error) {
          if (PluginError.is(error) && codes.includes(error.code)) return;
          throw error;
        }
        throw new Error('it came to an end');
      };
    },
  };
}

export const attacks: Attack[] = [
  ...Object.entries(REFUSED).map(([name, text]) => keeping(name, { text, codes: ['WP_MODULE_UNSUPPORTED'] })),
  keeping('exceptions on the whole stack', {
    text: ON_THE_STACK,
    codes: ['WP_QUOTA_STACK', 'WP_QUOTA_TIME'],
  }),
];
