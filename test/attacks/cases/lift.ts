import { parse } from '@bytecodealliance/jco-transpile/wasm-tools';
import { PluginError, type Limits } from '@wasm-plugin/abi';
import { createEngine } from '@wasm-plugin/engine';
import type { Attack } from '../attack.js';

const MIB = 2 ** 20;
const BACKENDS = ['generated', 'composed'] as const;
const PAGES = 1200;
const FIRST = 4096;
/** Behind a million pairs of words. */
const TEXT = 9_000_000;

/** A value that takes little of a guest's memory, or none but once, and much of the host's. */
interface Bomb {
  name: string;
  /** The type of an element, in text. */
  type: string;
  /** Bytes of an element. */
  size: number;
  /** Elements that the list has. @default as many as the guest's memory holds */
  count?: number;
  /** Definitions that `type` refers to. */
  types?: string;
  /** The first two words of each element, unless zero: pointer and length. */
  words?: [number, number];
  /** Text at `TEXT`, as a data segment has it. */
  data?: string;
}

const fields = (count: number): string =>
  `(type $record (record ${Array.from({ length: count }, (_, at) => `(field "f${at}" u8)`).join(' ')}))
   (import "e" (type $e (eq $record)))`;

const flags = `(type $flags (flags ${Array.from({ length: 32 }, (_, at) => `"f${at}"`).join(' ')}))
  (import "e" (type $e (eq $flags)))`;

const nested = (depth: number): string => (depth === 0 ? 'bool' : `(list ${nested(depth - 1)})`);

const BOMBS: Bomb[] = [
  { name: 'records of 2,000 fields', type: '$e', types: fields(2000), size: 2000 },
  { name: 'records of 1,021 fields', type: '$e', types: fields(1021), size: 1021 },
  { name: 'records of 900 fields', type: '$e', types: fields(900), size: 900 },
  { name: 'flags', type: '$e', types: flags, size: 4 },
  { name: 'tuples of one', type: '(tuple u8)', size: 1, count: 20_000_000 },
  { name: 'empty lists of numbers', type: '(list u8)', size: 8 },
  { name: 'lists of one', type: '(list bool)', size: 8, words: [TEXT, 1] },
  {
    name: 'texts with one character beyond Latin-1',
    type: 'string',
    size: 8,
    words: [TEXT, 40_004],
    data: `${'x'.repeat(40_000)}😀`,
  },
  { name: 'lists in lists on the same bytes', type: nested(5), size: 8, words: [FIRST, 1000], count: 1000 },
  { name: 'options in options', type: `${'(option '.repeat(20)}u8${')'.repeat(20)}`, size: 21 },
];

/** The same, of so few elements that the host may hold them: only the time can end the call. */
const FITTING: Bomb[] = [
  { name: 'few records of 2,000 fields', type: '$e', types: fields(2000), size: 2000, count: 700 },
  { name: 'few flags', type: '$e', types: flags, size: 4, count: 400_000 },
  { name: 'few lists of one', type: '(list bool)', size: 8, count: 450_000, words: [TEXT, 1] },
];

/** Writes a component: `give` returns a list of the bomb's elements, `put` hands it to an import. */
function component({
  type,
  types = '',
  size,
  count = Math.floor((PAGES * 65_536) / size),
  words,
  data = '',
}: Bomb): string {
  const fill =
    words === undefined
      ? ''
      : `
    (local.set $at (i32.const ${FIRST}))
    (loop $next
      (i32.store (local.get $at) (i32.const ${words[0]}))
      (i32.store (i32.add (local.get $at) (i32.const 4)) (i32.const ${words[1]}))
      (local.set $at (i32.add (local.get $at) (i32.const 8)))
      (br_if $next (i32.lt_u (local.get $at) (i32.const ${FIRST + Math.min(count, 1_000_000) * 8}))))`;
  const listed = words === undefined ? count : Math.min(count, 1_000_000);
  const room = `(local $at i32) (drop (memory.grow (i32.const ${PAGES}))) ${fill}
      (i32.store (i32.const 8) (i32.const ${FIRST})) (i32.store (i32.const 12) (i32.const ${listed}))`;
  return `(component
    ${types}
    (import "put" (func $put (param "x" (list ${type}))))
    (core module $libc (memory (export "memory") 200) (data (i32.const ${TEXT}) "${data}"))
    (core instance $libc (instantiate $libc))
    (core func $put-core (canon lower (func $put) (memory (core memory $libc "memory"))))
    (core module $m
      (import "libc" "memory" (memory 200))
      (import "h" "put" (func $put (param i32 i32)))
      (func (export "give") (result i32) ${room} (i32.const 8))
      (func (export "put") ${room} (call $put (i32.const ${FIRST}) (i32.const ${listed}))))
    (core instance $i (instantiate $m (with "libc" (instance $libc)) (with "h" (instance (export "put" (func $put-core))))))
    (func (export "give") (result (list ${type})) (canon lift (core func $i "give") (memory (core memory $libc "memory"))))
    (func (export "put") (canon lift (core func $i "put"))))`;
}

/** Calls, and wants the call to end by a quota, or to be done by then. */
function wantNoOtherError(call: () => unknown): void {
  try {
    call();
  } catch (error) {
    if (!PluginError.is(error) || !error.code.startsWith('WP_QUOTA_')) throw error;
  }
}

/** Calls, and wants the call to end by a quota. */
function wantQuota(call: () => unknown): void {
  try {
    call();
  } catch (error) {
    if (PluginError.is(error) && error.code.startsWith('WP_QUOTA_')) return;
    throw error;
  }
  throw new Error('the call went through');
}

type Way = 'give' | 'put';

function bombAttack(
  bomb: Bomb,
  backend: 'generated' | 'composed',
  { way, limits }: { way: Way; limits: Limits },
): Attack {
  const isTimed = limits.timeMs !== undefined;
  return {
    name: `${bomb.name}, ${way === 'give' ? 'returned' : 'given to an import'}, under ${isTimed ? 'a time limit' : 'the defaults'}, ${backend}`,
    folder: 'lift',
    limitMs: isTimed ? 300 : 3000,
    // The guest's memory, and the bound on one value in the host.
    memoryBytes: 96 * MIB + 128 * MIB,
    async prepare() {
      const engine = createEngine({ backend, imports: { put: () => undefined, e: undefined } });
      const plugin = await engine.load(await parse(component(bomb)), {
        limits: { ...limits, memoryBytes: '96 MiB' },
      });
      const { exports } = plugin.instantiate();
      const want = FITTING.includes(bomb) ? wantNoOtherError : wantQuota;
      return () => want(exports[way] as () => unknown);
    },
  };
}

const TIMED = { fuel: 1e8, timeMs: 200, wallMs: 300 };

function bombAttacks(bomb: Bomb): Attack[] {
  return BACKENDS.flatMap((backend) => [
    bombAttack(bomb, backend, { way: 'give', limits: TIMED }),
    bombAttack(bomb, backend, { way: 'put', limits: TIMED }),
    bombAttack(bomb, backend, { way: 'give', limits: {} }),
  ]);
}

/** Two components: one has 4 texts of 8 Mi characters on the same bytes, the other takes them in another encoding. */
const transcoding = (from: string, to: string, text: string): string => `(component
  (component $taker
    (core module $m (memory (export "memory") 2000)
      (global $top (mut i32) (i32.const 1024))
      (func (export "realloc") (param $old i32) (param $had i32) (param i32) (param $size i32) (result i32) (local $at i32)
        (local.set $at (global.get $top))
        (global.set $top (i32.and (i32.add (i32.add (local.get $at) (local.get $size)) (i32.const 7)) (i32.const -8)))
        (memory.copy (local.get $at) (local.get $old) (local.get $had))
        (local.get $at))
      (func (export "take") (param i32 i32 i32 i32 i32 i32 i32 i32)))
    (core instance $i (instantiate $m))
    (func (export "take") (param "a" string) (param "b" string) (param "c" string) (param "d" string)
      (canon lift (core func $i "take") string-encoding=${to} (memory (core memory $i "memory")) (realloc (core func $i "realloc")))))
  (component $giver
    (import "take" (func $take (param "a" string) (param "b" string) (param "c" string) (param "d" string)))
    (core module $libc (memory (export "memory") 300))
    (core instance $libc (instantiate $libc))
    (core func $take-core (canon lower (func $take) string-encoding=${from} (memory (core memory $libc "memory"))))
    (core module $m
      (import "libc" "memory" (memory 300))
      (import "h" "take" (func $take (param i32 i32 i32 i32 i32 i32 i32 i32)))
      (func (export "run")
        (memory.fill (i32.const 1024) (i32.const ${text === 'ascii' ? 97 : 0}) (i32.const 0x1000000))
        (call $take ${'(i32.const 1024) (i32.const 0x800000) '.repeat(4)})))
    (core instance $i (instantiate $m (with "libc" (instance $libc)) (with "h" (instance (export "take" (func $take-core))))))
    (func (export "run") (canon lift (core func $i "run"))))
  (instance $t (instantiate $taker))
  (alias export $t "take" (func $take))
  (instance $g (instantiate $giver (with "take" (func $take))))
  (alias export $g "run" (func $run))
  (export "run" (func $run)))`;

function transcodingAttacks(): Attack[] {
  return BACKENDS.flatMap((backend) =>
    [
      ['utf8', 'latin1+utf16'],
      ['latin1+utf16', 'utf8'],
      ['utf16', 'latin1+utf16'],
      ['utf8', 'utf16'],
    ].map(([from = '', to = '']) => ({
      name: `4 texts of 8 Mi characters from ${from} to ${to}, ${backend}`,
      folder: 'lift',
      limitMs: 400,
      memoryBytes: 400 * MIB,
      async prepare() {
        const limits = { timeMs: 200, wallMs: 400, memoryBytes: '256 MiB' };
        const plugin = await createEngine({ backend }).load(await parse(transcoding(from, to, 'ascii')), {
          limits,
        });
        const { exports } = plugin.instantiate();
        return () => wantNoOtherError(exports['run'] as () => unknown);
      },
    })),
  );
}

/** A list of handles, each of which becomes an object that is given back when it is collected. */
const HANDLES = `(component
  (type $r (resource (rep i32)))
  (core func $new (canon resource.new $r))
  (core module $m
    (import "r" "new" (func $new (param i32) (result i32)))
    (memory (export "memory") 100)
    (func (export "give") (result i32) (local $at i32)
      (local.set $at (i32.const 16))
      (loop $next
        (i32.store (local.get $at) (call $new (i32.const 1)))
        (local.set $at (i32.add (local.get $at) (i32.const 4)))
        (br_if $next (i32.lt_u (local.get $at) (i32.const 4000016))))
      (i32.store (i32.const 8) (i32.const 16))
      (i32.store (i32.const 12) (i32.const 1000000))
      (i32.const 8)))
  (core instance $i (instantiate $m (with "r" (instance (export "new" (func $new))))))
  (export $res "r" (type $r))
  (func (export "give") (result (list (own $res))) (canon lift (core func $i "give") (memory (core memory $i "memory")))))`;

const HANDLE_ATTACKS: Attack[] = BACKENDS.map((backend) => ({
  name: `a million handles, returned, under the defaults, ${backend}`,
  folder: 'lift',
  limitMs: 2000,
  memoryBytes: 128 * MIB + 128 * MIB,
  async prepare() {
    const { exports } = (await createEngine({ backend }).load(await parse(HANDLES))).instantiate();
    return () => wantQuota(exports['give'] as () => unknown);
  },
}));

export const attacks: Attack[] = [
  ...BOMBS.flatMap(bombAttacks),
  ...FITTING.flatMap((bomb) =>
    BACKENDS.map((backend) => bombAttack(bomb, backend, { way: 'give', limits: TIMED })),
  ),
  ...transcodingAttacks(),
  ...HANDLE_ATTACKS,
];
