import { isDeepStrictEqual } from 'node:util';
import { parse } from '@bytecodealliance/jco-transpile/wasm-tools';
import { PluginError } from '@wasm-plugin/abi';
import { createEngine } from '@wasm-plugin/engine';
import type { Random } from '../../support/random.js';
import type { Generator } from '../generator.js';

/** A guest of which each pointer, length, discriminant and handle may be a lie. */
interface LyingGuest {
  /** The type of the result of `f`, of more than one core value. */
  result: string;
  /** The type of the argument of the import `say`: two core values. */
  said: string;
  encoding: string;
  /** The words from address 16 on. */
  words: number[];
  /** The instructions of `f`, of `realloc` and of post-return. */
  body: string[];
  realloc: string;
  post: string;
  /** Result of `f`. */
  pointer: number;
  /** Argument of `f`. */
  argument: string;
}

const RESULTS = [
  'string',
  '(list u8)',
  '(list u64)',
  '(list string)',
  '(list (list char))',
  '(list (tuple u8 string))',
  '(option string)',
  '(option (option u8))',
  '(result string (error (list u16)))',
  '(tuple char bool u8 s16 string)',
  '(tuple (option u64) (result u8) (list bool))',
  '(list (option (tuple f32 char)))',
];
const SAID = ['string', '(list u8)', '(list u32)', '(list string)', '(list char)', '(list (option bool))'];
const ENCODINGS = ['utf8', 'utf16', 'latin1+utf16'];
const EDGES = [
  0, 1, 2, 3, 7, 8, 15, 16, 17, 24, 32, 0x61, 0xd800, 0xdfff, 0x10_ffff, 0x11_0000, 0xfff8, 0xffff,
];
const FAR = [0x1_0000, 0x1_0001, 0x7fff_ffff, 0x8000_0000, 0x8000_0003, 0xffff_fff8, 0xffff_ffff];
const TEXTS = ['', 'plain', 'nüchtern', '日本 😀', 'long '.repeat(50), '\ud800'];

function word(random: Random): number {
  if (random.chance(0.04)) return random.pick(FAR);
  if (random.chance(0.5)) return random.below(4);
  return random.chance(0.8) ? random.pick(EDGES) : random.below(0x1_0000);
}

const constant = (value: number): string => `(i32.const ${value})`;

function step(random: Random): string {
  const index = constant(random.chance(0.8) ? random.below(5) : word(random));
  return random.pick([
    () => `(call $take ${index})`,
    () => `(call $look ${index})`,
    () => `(call $drop ${index})`,
    () => '(drop (call $get-a))',
    () => '(drop (call $get-b))',
    () => `(call $say ${constant(word(random))} ${constant(word(random))})`,
  ])();
}

function reallocOf(random: Random): string {
  return random.pick([
    () => '(i32.const 4096)',
    () => '(i32.const 4096)',
    () => '(local.get 0)',
    () => constant(word(random)),
    () => '(drop (memory.grow (i32.const 1))) (i32.const 65536)',
    () => `${step(random)} (i32.const 4096)`,
    () => 'unreachable',
    () => '(i32.store (i32.const 16) (i32.const -1)) (i32.const 16)',
  ])();
}

/** Writes the guest as text. */
function textOf({ result, said, encoding, words, body, realloc, post, pointer }: LyingGuest): string {
  const data = Array.from(
    new Uint8Array(Uint32Array.from(words).buffer),
    (byte) => `\\${byte.toString(16).padStart(2, '0')}`,
  ).join('');
  const options = `string-encoding=${encoding} (memory (core memory $libc "memory")) (realloc (core func $libc "realloc"))`;
  const imports = `(import "libc" "memory" (memory 1))
    (import "h" "get-a" (func $get-a (result i32))) (import "h" "get-b" (func $get-b (result i32)))
    (import "h" "take" (func $take (param i32))) (import "h" "look" (func $look (param i32)))
    (import "h" "drop" (func $drop (param i32))) (import "h" "say" (func $say (param i32 i32)))`;
  return `(component
  (import "h" (instance $h
    (export "a" (type $a (sub resource))) (export "b" (type $b (sub resource)))
    (export "get-a" (func (result (own $a)))) (export "get-b" (func (result (own $b))))
    (export "take" (func (param "x" (own $a)))) (export "look" (func (param "x" (borrow $a))))
    (export "say" (func (param "x" ${said})))))
  (alias export $h "a" (type $a))
  (core module $libc
    (memory (export "memory") 1) (table (export "table") 1 funcref) (data (i32.const 16) "${data}")
    (type $realloc (func (param i32 i32 i32 i32) (result i32)))
    (func (export "realloc") (param i32 i32 i32 i32) (result i32)
      (call_indirect (type $realloc) (local.get 0) (local.get 1) (local.get 2) (local.get 3) (i32.const 0))))
  (core instance $libc (instantiate $libc))
  (core func $get-a (canon lower (func $h "get-a"))) (core func $get-b (canon lower (func $h "get-b")))
  (core func $take (canon lower (func $h "take"))) (core func $look (canon lower (func $h "look")))
  (core func $drop (canon resource.drop $a))
  (core func $say (canon lower (func $h "say") ${options}))
  (core module $m
    ${imports}
    (import "libc" "table" (table 1 funcref))
    (elem (i32.const 0) $realloc)
    (func $realloc (param i32 i32 i32 i32) (result i32) ${realloc})
    (func (export "f") (param i32 i32) (result i32) ${body.join(' ')} (i32.const ${pointer}))
    (func (export "post") (param i32) ${post}))
  (core instance $i (instantiate $m (with "libc" (instance $libc)) (with "h" (instance
    (export "get-a" (func $get-a)) (export "get-b" (func $get-b)) (export "take" (func $take))
    (export "look" (func $look)) (export "drop" (func $drop)) (export "say" (func $say))))))
  (func (export "f") (param "x" string) (result ${result})
    (canon lift (core func $i "f") ${options} (post-return (core func $i "post")))))`;
}

class A {
  readonly a = true;
}
class B {
  readonly b = true;
}

/** Runs a guest under one backend; returns the values that the host received, and the results of the calls. */
async function run(
  bytes: Uint8Array,
  backend: 'generated' | 'composed',
  argument: string,
): Promise<unknown[]> {
  const seen: unknown[] = [];
  const lent = new Set<unknown>();
  const made = (object: object): object => {
    lent.add(object);
    return object;
  };
  const own = (x: unknown): void => {
    if (!(x instanceof A) || !lent.has(x)) throw new Error('the host was given an object of another');
    seen.push('an A');
  };
  const h = {
    A,
    B,
    getA: () => made(new A()),
    getB: () => made(new B()),
    take: own,
    look: own,
    say: (x: unknown) => void seen.push(x),
  };
  const limits = { fuel: 100_000, hostBytes: '1 MiB', hostCalls: 1000 };
  const plugin = await createEngine({ backend, imports: { h }, limits }).load(bytes);
  const instance = plugin.instantiate();
  const f = instance.exports['f'] as (text: string) => unknown;
  for (let call = 0; call < 3; call++) {
    try {
      seen.push({ returned: f(argument) });
    } catch (error) {
      if (!PluginError.is(error)) throw error;
      if (error.code === 'WP_TRAP_HOST') throw error;
      const usable = error.code === 'WP_GUEST';
      if ((instance.state === 'ready') !== usable)
        throw new Error(`the instance is ${instance.state} after ${error.code}`, { cause: error });
      seen.push(error.code);
    }
  }
  return seen;
}

/** Guests that lie about every number they give: both backends end them by the same typed error, or give the same values. */
export const generator: Generator<LyingGuest> = {
  name: 'lying-guests',
  testRuns: 100,
  make: (random) => ({
    result: random.pick(RESULTS),
    said: random.pick(SAID),
    encoding: random.pick(ENCODINGS),
    words: random.many(24, () => word(random)),
    body: random.many(random.pick([0, 0, 1, 2, 4]), () => step(random)),
    realloc: reallocOf(random),
    post: random.chance(0.15) ? step(random) : random.chance(0.1) ? 'unreachable' : '',
    pointer: random.chance(0.7) ? random.pick([16, 16, 24, 32, 40, 17]) : word(random),
    argument: random.pick(TEXTS),
  }),
  async check(guest) {
    const bytes = await parse(textOf(guest));
    const generated = await run(bytes, 'generated', guest.argument);
    const composed = await run(bytes, 'composed', guest.argument);
    if (!isDeepStrictEqual(generated, composed)) {
      throw new Error(`generated: ${JSON.stringify(generated)}; composed: ${JSON.stringify(composed)}`);
    }
    const last = generated.at(-1);
    return typeof last === 'string' ? last : 'ran';
  },
  *shrink(guest) {
    for (let at = 0; at < guest.body.length; at++) yield { ...guest, body: guest.body.toSpliced(at, 1) };
    if (guest.post !== '') yield { ...guest, post: '' };
    if (guest.realloc !== '(i32.const 4096)') yield { ...guest, realloc: '(i32.const 4096)' };
    if (guest.argument !== '') yield { ...guest, argument: '' };
    for (const [at, value] of guest.words.entries()) {
      if (value !== 0) yield { ...guest, words: guest.words.with(at, 0) };
    }
  },
  show: textOf,
};
