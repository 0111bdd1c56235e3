import { parse } from '@bytecodealliance/jco-transpile/wasm-tools';
import { createEngine } from '@wasm-plugin/engine';
import { describe, expect, it } from 'vitest';
import { BACKENDS, guestFrom } from '../support/guest.js';

/** Calls a built-in with two numbers, and returns its result. */
function calling(canon: string, { params = '', result = '(result i32)', args = '' } = {}): string {
  return `(component
    (type $s (stream u8)) (type $f (future u8))
    (core module $memory (memory (export "memory") 1))
    (core instance $mem (instantiate $memory))
    (core func $builtin (canon ${canon}))
    (core module $m
      (import "" "builtin" (func $builtin ${params} ${result}))
      (func (export "run") (result i32) ${args} (call $builtin) ${result === '' ? '(i32.const 7)' : ''}))
    (core instance $i (instantiate $m (with "" (instance (export "builtin" (func $builtin))))))
    (func (export "run") (result u32) (canon lift (core func $i "run"))))`;
}

const MEMORY = '(memory (core memory $mem "memory"))';

describe.each(BACKENDS)('built-ins, %s', (backend) => {
  it.each([
    ['a set', calling('waitable-set.new'), 1],
    ['backpressure', calling('backpressure.inc', { result: '' }), 7],
    ['a turn for others', calling('thread.yield'), 0],
  ])('work in a function that is not async: %s', async (_, text, wanted) => {
    expect((await guestFrom(text, backend)).call('run')).toBe(wanted);
  });

  it.each([
    ['backpressure.dec', calling('backpressure.dec', { result: '' }), 'backpressure counter underflow'],
    ['task.cancel', calling('task.cancel', { result: '' }), 'not lifted async'],
    ['task.return', calling('task.return', { result: '' }), 'not lifted async'],
    [
      'subtask.drop',
      calling('subtask.drop', { params: '(param i32)', result: '', args: '(i32.const 1)' }),
      'unknown handle index 1',
    ],
    [
      'waitable-set.wait',
      calling(`waitable-set.wait ${MEMORY}`, {
        params: '(param i32 i32)',
        args: '(i32.const 9) (i32.const 0)',
      }),
      'unknown handle index 9',
    ],
    [
      'stream.read',
      calling(`stream.read $s async ${MEMORY}`, {
        params: '(param i32 i32 i32)',
        args: '(i32.const 1) (i32.const 0) (i32.const 1)',
      }),
      'unknown handle index 1',
    ],
    [
      'future.drop-readable',
      calling('future.drop-readable $f', { params: '(param i32)', result: '', args: '(i32.const 0)' }),
      'unknown handle index 0',
    ],
  ])('end the instance that misuses them: %s', async (_, text, message) => {
    const guest = await guestFrom(text, backend);
    expect(guest.thrownBy('run')).toMatchObject({
      code: 'WP_TRAP_ABI',
      message: expect.stringContaining(message),
    });
    expect(guest.instance.state).toBe('dead');
  });
});

it.each([
  ['subtask.cancel async', 'the built-in async subtask.cancel'],
  ['stream.read $s (memory (core memory $mem "memory"))', 'the built-in stream.read that blocks'],
  ['stream.cancel-read $s async', 'the built-in async stream.cancel-read'],
])('refuses what the specification has not settled: %s', async (canon, name) => {
  const loading = createEngine().load(await parse(calling(canon)));
  await expect(loading).rejects.toMatchObject({
    code: 'WP_MODULE_UNSUPPORTED',
    message: expect.stringContaining(`${name} is not supported`),
  });
});
