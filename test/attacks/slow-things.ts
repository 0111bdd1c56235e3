/** Actions of a guest that take more time than fuel, in legacy exceptions, which every Node runs. */
export const SLOW_THINGS: Readonly<Record<string, string>> = {
  'throw and catch': 'try (throw $e) catch $e end',
  'throw of 16 values': `try (throw $e16 ${'(i64.const 1)'.repeat(16)}) catch_all end`,
  'throw through 100 frames': 'try (call $deep (i32.const 100)) catch $e end',
  'throw through 3,000 frames': 'try (call $deep (i32.const 3000)) catch $e end',
  'throw above 3,000 frames': '(call $at (i32.const 3000))',
  rethrow: 'try try (throw $e) catch $e rethrow 0 end catch $e end',
  'memory.grow of nothing': '(drop (memory.grow (i32.const 0)))',
  'memory.grow that fails': '(drop (memory.grow (i32.const 1)))',
  'table.grow of nothing': '(drop (table.grow $t (ref.null func) (i32.const 0)))',
  'table.set of a function': '(table.set $t (i32.const 0) (ref.func $f))',
  'table.get and table.set': '(table.set $t (i32.const 0) (table.get $t (i32.const 1)))',
  'a resource made and dropped': '(call $drop (call $new (i32.const 1)))',
  'a call of another component': '(call $inner (i32.const 1))',
  'memory.fill of nothing': '(memory.fill (i32.const 0) (i32.const 0) (local.get $zero))',
  'memory.fill of 60 kB': '(memory.fill (i32.const 0) (i32.const 0) (i32.const 60000))',
  'memory.copy of 4 MB': '(memory.copy (i32.const 0) (i32.const 10) (i32.const 4000000))',
  'memory.init of nothing': '(memory.init $d (i32.const 0) (i32.const 0) (local.get $zero))',
  'table.fill of 100': '(table.fill $t (i32.const 0) (ref.func $f) (i32.const 100))',
  'table.fill of 900,000': '(table.fill $t (i32.const 0) (ref.func $f) (i32.const 900000))',
  'table.copy of 900,000': '(table.copy $t $t (i32.const 0) (i32.const 10) (i32.const 900000))',
  'table.init of one': '(table.init $t $el (i32.const 0) (i32.const 0) (i32.const 1))',
  'a division':
    '(local.set $x (i64.div_u (i64.const 0x7fffffffffffffff) (i64.or (local.get $x) (i64.const 3))))',
  'a denormal': '(local.set $y (f64.add (f64.mul (local.get $y) (f64.const 0.5)) (f64.const 4e-320)))',
  'a call by a table': '(call_indirect $t (i32.const 1))',
  'a recursion of 5,000': '(call $down (i32.const 5000))',
  'a page that was not touched': `(i32.store (local.get $zero) (i32.const 1))
    (local.set $zero (i32.rem_u (i32.add (local.get $zero) (i32.const 4096)) (i32.const 4000000)))`,
  'a function of 600 locals': '(call $wide)',
  'an import of no time': '(call $fast)',
  'an import of 10 µs': '(call $us10)',
  'an import of 1 ms': '(call $ms1)',
  'an import of 5 ms': '(call $ms5)',
};

/** Loops that burn much fuel in little time, so that the fuel between two readings of the clock becomes largest. */
export const FAST_LOOPS: Readonly<Record<string, string>> = {
  nothing: '',
  'code that does nothing': `(local.set $n (i32.const 1000))
    (loop $w ${'(drop (local.get $n))'.repeat(5000)} (br_if $w (local.tee $n (i32.sub (local.get $n) (i32.const 1)))))`,
  'a counted loop': `(local.set $n (i32.const 3000000))
    (loop $w (br_if $w (local.tee $n (i32.sub (local.get $n) (i32.const 1)))))`,
  'fills of 60 kB': `(local.set $n (i32.const 300))
    (loop $w (memory.fill (i32.const 0) (i32.const 0) (i32.const 60000))
      (br_if $w (local.tee $n (i32.sub (local.get $n) (i32.const 1)))))`,
};

const HOST = ['fast', 'us10', 'ms1', 'ms5'] as const;

/** Time for which each import of the guest keeps the thread, in ms. */
export const HOST_MS: Readonly<Record<(typeof HOST)[number], number>> = {
  fast: 0,
  us10: 0.01,
  ms1: 1,
  ms5: 5,
};

/** A component that does something fast first, and then something slow for ever. */
export function slowGuest(fast: string, slow: string): string {
  const each = (write: (name: string) => string): string => HOST.map(write).join('\n');
  return `(component
  ${each((name) => `(import "${name}" (func $${name}))`)}
  (component $Inner
    (core module $m (func (export "f") (param i32) (result i32) (local.get 0)))
    (core instance $i (instantiate $m))
    (func (export "f") (param "x" u32) (result u32) (canon lift (core func $i "f"))))
  (instance $inner (instantiate $Inner))
  (component $Outer
    ${each((name) => `(import "${name}" (func $${name})) (core func $c-${name} (canon lower (func $${name})))`)}
    (import "inner" (func $inner (param "x" u32) (result u32)))
    (core func $c-inner (canon lower (func $inner)))
    (type $r (resource (rep i32)))
    (core func $new (canon resource.new $r))
    (core func $drop (canon resource.drop $r))
    (core module $m ${coreModule(fast, slow)})
    (core instance $i (instantiate $m (with "" (instance
      ${each((name) => `(export "${name}" (func $c-${name}))`)}
      (export "new" (func $new)) (export "drop" (func $drop)) (export "inner" (func $c-inner))))))
    (func (export "run") (canon lift (core func $i "run"))))
  (instance $outer (instantiate $Outer
    ${each((name) => `(with "${name}" (func $${name}))`)}
    (with "inner" (func $inner "f"))))
  (export "run" (func $outer "run")))`;
}

function coreModule(fast: string, slow: string): string {
  return `${HOST.map((name) => `(import "" "${name}" (func $${name}))`).join('\n')}
    (import "" "new" (func $new (param i32) (result i32)))
    (import "" "drop" (func $drop (param i32)))
    (import "" "inner" (func $inner-result (param i32) (result i32)))
    (memory 64) (table $t 900100 1000000 funcref) (elem (table $t) (i32.const 1) func $f)
    (elem $el func $f $f) (elem declare func $f) (data $d "abc")
    (tag $e) (tag $e16 (param ${'i64 '.repeat(16)}))
    (func $f)
    (func $inner (param i32) (drop (call $inner-result (local.get 0))))
    (func $down (param i32) (if (local.get 0) (then (call $down (i32.sub (local.get 0) (i32.const 1))))))
    (func $deep (param i32)
      (if (local.get 0) (then (call $deep (i32.sub (local.get 0) (i32.const 1)))) (else (throw $e))))
    (func $at (param i32)
      (if (local.get 0) (then (call $at (i32.sub (local.get 0) (i32.const 1))))
        (else (loop $l try (throw $e) catch $e end (br $l)))))
    (func $wide (local ${'i64 '.repeat(600)}))
    (func (export "run") (local $n i32) (local $zero i32) (local $x i64) (local $y f64)
      ${fast}
      (loop $l ${slow} (br $l)))`;
}
