import { parse } from '@bytecodealliance/jco-transpile/wasm-tools';
import { PluginError, type Limits } from '@wasm-plugin/abi';
import { createEngine, type HostImports } from '@wasm-plugin/engine';
import { createSandbox } from '@wasm-plugin/engine/sandbox';
import type { Attack } from '../attack.js';

const LIMIT_MS = 300;
const MIB = 2 ** 20;

/** Waits for so many nanoseconds, again and again. */
const waiting = (ns: number): string => `(component
  (import "wasi:io/poll@0.2.0" (instance $poll
    (export "pollable" (type $p (sub resource)))
    (export "[method]pollable.block" (func (param "self" (borrow $p))))))
  (alias export $poll "pollable" (type $pollable))
  (import "wasi:clocks/monotonic-clock@0.2.0" (instance $clock
    (alias outer 1 $pollable (type $q)) (export "pollable" (type $p (eq $q)))
    (export "subscribe-duration" (func (param "when" u64) (result (own $p))))))
  (core func $subscribe (canon lower (func $clock "subscribe-duration")))
  (core func $block (canon lower (func $poll "[method]pollable.block")))
  (core func $drop (canon resource.drop $pollable))
  (core module $m
    (import "" "subscribe" (func $subscribe (param i64) (result i32)))
    (import "" "block" (func $block (param i32)))
    (import "" "drop" (func $drop (param i32)))
    (func (export "run") (local i32)
      (loop $l
        (call $block (local.tee 0 (call $subscribe (i64.const ${ns}))))
        (call $drop (local.get 0))
        (br $l))))
  (core instance $i (instantiate $m (with "" (instance
    (export "subscribe" (func $subscribe)) (export "block" (func $block)) (export "drop" (func $drop))))))
  (func (export "run") (canon lift (core func $i "run"))))`;

/** Returns at once, and leaves much work for the host: values to lift, resources to drop, functions to run. */
const CALLS = (body: string): string => `(component
  (import "work" (func $work))
  (core func $c-work (canon lower (func $work)))
  (core module $m
    (import "" "work" (func $work))
    (func (export "run") ${body}))
  (core instance $i (instantiate $m (with "" (instance (export "work" (func $c-work))))))
  (func (export "run") (canon lift (core func $i "run"))))`;

function busy(ms: number): void {
  for (const start = performance.now(); performance.now() - start < ms;);
}

function sandboxed(): HostImports {
  // `wallMs` of the sandbox bounds a single wait: that of the call has to hold by itself.
  return createSandbox({ plugin: 'waiter', permissions: ['clock'], grants: ['clock'] }).imports;
}

interface Case {
  text: string;
  imports?: () => HostImports;
  limits?: Limits;
}

function late(name: string, { text, imports = () => ({}), limits = {} }: Case): Attack {
  return {
    name,
    folder: 'wall',
    limitMs: LIMIT_MS,
    memoryBytes: 16 * MIB,
    async prepare() {
      const engine = createEngine({ limits: { wallMs: LIMIT_MS, ...limits } });
      const plugin = await engine.load(await parse(text));
      const run = plugin.instantiate({ imports: imports() }).exports['run'] as () => void;
      return () => {
        try {
          run();
        } catch (error) {
          if (PluginError.is(error) && error.code === 'WP_QUOTA_WALL') return;
          throw error;
        }
        throw new Error('it was not ended');
      };
    },
  };
}

const slow = (ms: number) => () => ({ work: () => busy(ms) });

export const attacks: Attack[] = [
  late('waits of 50 ms', { text: waiting(50e6), imports: sandboxed, limits: { fuel: 1e6, timeMs: 50 } }),
  late('waits of 250 ms, of which each fits', { text: waiting(250e6), imports: sandboxed }),
  late('waits of a microsecond', { text: waiting(1000), imports: sandboxed }),
  late('one import that takes longer, as the last thing a call does', {
    text: CALLS('(call $work) (drop (memory.size))').replace('(func (export', '(memory 1) (func (export'),
    imports: slow(LIMIT_MS + 50),
  }),
  late('ten imports and a trap to come', {
    text: CALLS(`${'(call $work)'.repeat(10)} (unreachable)`),
    imports: slow(50),
    limits: { timeMs: 50 },
  }),
];
