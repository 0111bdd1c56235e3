import { parse } from '@bytecodealliance/jco-transpile/wasm-tools';
import { createMeter, meterModule } from '@wasm-plugin/engine/meter';
import { expect, it } from 'vitest';

const THROUGH_STRUCTS = `(rec (type $f (func)) (type $s (struct (field $of (mut (ref null $f))))))
  (global $g (mut (ref null $s)) (ref.null $s)) (elem declare func $loop $leaf)`;
const HELD = '(struct.get $s $of (global.get $g))';
const OUT_OF_TRY = (call: string): string => `(block $h (try_table (catch_all $h) ${call}))`;

const ENDLESS: readonly (readonly [string, string])[] = [
  [
    'tail calls of what a struct holds',
    `${THROUGH_STRUCTS} (func $leaf (type $f))
    (func $loop (type $f) (return_call_ref $f ${HELD}))
    (func (export "f") (global.set $g (struct.new $s (ref.func $loop))) (call $loop))`,
  ],
  [
    'calls of what a struct holds, in a loop',
    `${THROUGH_STRUCTS} (func $leaf (type $f)) (func $loop (type $f))
    (func (export "f") (global.set $g (struct.new $s (ref.func $leaf))) (loop (call_ref $f ${HELD}) (br 0)))`,
  ],
  [
    'calls that what a struct holds is exchanged in',
    `${THROUGH_STRUCTS} (func $leaf (type $f) (struct.set $s $of (global.get $g) (ref.func $loop)))
    (func $loop (type $f) (struct.set $s $of (global.get $g) (ref.func $leaf)))
    (func (export "f") (global.set $g (struct.new $s (ref.func $leaf))) (loop (call_ref $f ${HELD}) (br 0)))`,
  ],
  ['tail calls out of a try body', `(func $loop (export "f") ${OUT_OF_TRY('(return_call $loop)')})`],
  [
    'tail calls of a reference out of a try body',
    `(type $f (func)) (elem declare func $loop)
    (func $loop (export "f") (type $f) ${OUT_OF_TRY('(return_call_ref $f (ref.func $loop))')})`,
  ],
  [
    'tail calls through a table out of a try body',
    `(type $f (func)) (table 1 funcref) (elem (i32.const 0) $loop)
    (func $loop (export "f") (type $f) ${OUT_OF_TRY('(return_call_indirect (type $f) (i32.const 0))')})`,
  ],
  [
    'exceptions thrown again up a recursion',
    `(tag $e)
    (func $up (param i32)
      (block $h (result exnref)
        (try_table (catch_all_ref $h)
          (if (local.get 0) (then (call $up (i32.sub (local.get 0) (i32.const 1)))) (else (throw $e))))
        (return))
      (throw_ref))
    (func (export "f") (loop (block $h (try_table (catch_all $h) (call $up (i32.const 50)))) (br 0)))`,
  ],
];

it.each(ENDLESS)('a guest cannot outlive its fuel by %s', async (_, text) => {
  const bytes = (await parse(`(module ${text})`)) as Uint8Array<ArrayBuffer>;
  if (!WebAssembly.validate(bytes)) {
    expect(() => meterModule(bytes)).toThrow(
      expect.objectContaining({ code: expect.stringMatching(/^WP_MODULE_(INVALID|UNSUPPORTED)$/) }),
    );
    return;
  }
  const module = meterModule(bytes, { unboundedHeap: true });
  const meter = createMeter({ fuel: 100_000, wallMs: 20_000 });
  meter.admit(module);
  const instance = new WebAssembly.Instance(new WebAssembly.Module(module.bytes));
  meter.attach(module, instance);
  const entry = meter.entry(instance, 'f') as () => void;
  expect(entry).toThrow(WebAssembly.RuntimeError);
  expect(meter.verdict).toEqual({ quota: 'fuel', limit: 100_000, used: 100_000 });
  expect(entry).toThrow(WebAssembly.RuntimeError);
});
