import { describe, expect, it } from 'vitest';
import { BACKENDS, guestFrom } from '../support/guest.js';

/** A component whose `realloc` or post-return does `body`: as a panic does, it writes to a stream and traps. */
const panicking = (where: 'realloc' | 'post', body: string): string => `(component
  (import "streams" (instance $streams
    (export "stream" (type $stream (sub resource)))
    (export "get-stderr" (func (result (own $stream))))
    (export "write" (func (param "self" (borrow $stream)) (param "bytes" (list u8)) (result (result (error string)))))
    (export "log" (func (param "text" string)))
    (export "tell" (func ${'abcdefghijklmnop'
      .split('')
      .map((name) => `(param "${name}" u32)`)
      .join(' ')} (param "text" string)))))
  (core module $libc (memory (export "memory") 1)
    (func (export "realloc") (param i32 i32 i32 i32) (result i32) (i32.const 1024)))
  (core instance $libc (instantiate $libc))
  (core func $get (canon lower (func $streams "get-stderr")))
  (core func $write (canon lower (func $streams "write") (memory (core memory $libc "memory")) (realloc (core func $libc "realloc"))))
  (core func $log (canon lower (func $streams "log") (memory (core memory $libc "memory"))))
  (core func $tell (canon lower (func $streams "tell") (memory (core memory $libc "memory"))))
  (core module $m
    (import "libc" "memory" (memory 1))
    (import "h" "get" (func $get (result i32)))
    (import "h" "write" (func $write (param i32 i32 i32 i32)))
    (import "h" "log" (func $log (param i32 i32)))
    (import "h" "tell" (func $tell (param i32)))
    (data (i32.const 64) "thread panicked: ")
    (data (i32.const 128) "out of\\1b[2J luck\\0a")
    (func $body (drop (call $get)) ${body})
    (func (export "realloc") (param i32 i32 i32 i32) (result i32) ${where === 'realloc' ? '(call $body)' : ''} (i32.const 1024))
    (func (export "post") (param i32) ${where === 'post' ? '(call $body)' : ''})
    (func (export "take") (param i32 i32) (result i32) (i32.const 16)))
  (core instance $i (instantiate $m (with "libc" (instance $libc)) (with "h" (instance
    (export "get" (func $get)) (export "write" (func $write)) (export "log" (func $log)) (export "tell" (func $tell))))))
  (func (export "take") (param "x" string) (result string) (canon lift (core func $i "take")
    (memory (core memory $libc "memory")) (realloc (core func $i "realloc")) (post-return (core func $i "post")))))`;

const SAYS = `(call $write (i32.const 0) (i32.const 64) (i32.const 17) (i32.const 256))
  (call $write (i32.const 0) (i32.const 128) (i32.const 16) (i32.const 256))`;

const CASES: [how: string, body: string, words: string][] = [
  ['writes and traps', `${SAYS} unreachable`, 'thread panicked: out of\\u{1b}[2J luck'],
  ['writes and goes on', SAYS, 'thread panicked: out of\\u{1b}[2J luck'],
  ['logs and traps', '(call $log (i32.const 64) (i32.const 15)) unreachable', 'thread panicked'],
  ['writes for ever', `(loop ${SAYS} (br 0))`, 'thread panicked: out of\\u{1b}[2J luck'],
  [
    'finds a result of zeroes where it is to be',
    `(i32.store (i32.const 256) (i32.const -1)) ${SAYS}
    (if (i32.eqz (i32.load8_u (i32.const 256))) (then (call $log (i32.const 64) (i32.const 15)))) unreachable`,
    'thread panicked: out of\\u{1b}[2J luck\\u{a}thread panicked',
  ],
  [
    'says them behind more parameters than a function takes',
    `(i32.store (i32.const 576) (i32.const 64)) (i32.store (i32.const 580) (i32.const 15))
    (call $tell (i32.const 512)) unreachable`,
    'thread panicked',
  ],
  ['lies about where its words are', '(call $log (i32.const -9) (i32.const -1)) unreachable', ''],
];

describe.each(BACKENDS)('a guest that calls imports where it may not, %s', (backend) => {
  it.each(CASES.flatMap((each) => (['realloc', 'post'] as const).map((where) => [...each, where] as const)))(
    '%s: its words are in the error, and nothing is called',
    async (_, body, words, where) => {
      let called = 0;
      const streams = {
        Stream: Map,
        getStderr: () => called++,
        write: () => called++,
        log: () => called++,
        tell: () => called++,
      };
      const guest = await guestFrom(panicking(where, body), backend, { streams });
      const error = guest.thrownBy('take', 'x');
      expect(error?.code).toBe('WP_TRAP_ABI');
      expect(error?.message).toContain(
        'it called an import inside realloc or post-return: "streams#get-stderr"' +
          (words === '' ? '' : `; it was to say: ${words}`),
      );
      expect(called).toBe(0);
      expect(guest.instance.state).toBe('dead');
      expect(guest.thrownBy('take', 'x')).toBe(error);
    },
  );
});
