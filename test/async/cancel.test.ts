import { setMaxListeners } from 'node:events';
import { describe, expect, it } from 'vitest';
import { BACKENDS, guestFrom, type BackendName } from '../support/guest.js';

/** Waits for the host; once it is cancelled, it cancels the call of the host, and ends without a result. */
const WAITING = `(component
  (import "wait" (func $wait async (result u32)))
  (core module $memory (memory (export "memory") 1))
  (core instance $mem (instantiate $memory))
  (core func $ret (canon task.return (result u32)))
  (core func $cancel (canon task.cancel))
  (core func $lowered (canon lower (func $wait) async (memory (core memory $mem "memory"))))
  (core func $set (canon waitable-set.new))
  (core func $join (canon waitable.join))
  (core func $stop (canon subtask.cancel))
  (core func $drop (canon subtask.drop))
  (core func $drop-set (canon waitable-set.drop))
  (core func $get (canon context.get i32 0))
  (core func $put (canon context.set i32 0))
  (core module $m
    (import "" "memory" (memory 1))
    (import "" "ret" (func $ret (param i32)))
    (import "" "cancel" (func $cancel))
    (import "" "wait" (func $wait (param i32) (result i32)))
    (import "" "set" (func $new (result i32)))
    (import "" "join" (func $join (param i32 i32)))
    (import "" "stop" (func $stop (param i32) (result i32)))
    (import "" "drop" (func $drop (param i32)))
    (import "" "drop-set" (func $drop-set (param i32)))
    (import "" "get" (func $get (result i32)))
    (import "" "put" (func $put (param i32)))
    (global $free (mut i32) (i32.const 16))
    ;; Each task has 16 bytes, whose address is in its context: the result, the call of the host, the set.
    (func (export "run") (result i32) (local $at i32)
      (local.set $at (global.get $free))
      (global.set $free (i32.add (local.get $at) (i32.const 16)))
      (call $put (local.get $at))
      (i32.store offset=4 (local.get $at) (i32.shr_u (call $wait (local.get $at)) (i32.const 4)))
      (i32.store offset=8 (local.get $at) (call $new))
      (call $join (i32.load offset=4 (local.get $at)) (i32.load offset=8 (local.get $at)))
      (i32.or (i32.const 2) (i32.shl (i32.load offset=8 (local.get $at)) (i32.const 4))))
    (func (export "callback") (param $event i32) (param i32 i32) (result i32) (local $at i32)
      (local.set $at (call $get))
      (call $join (i32.load offset=4 (local.get $at)) (i32.const 0))
      (call $drop-set (i32.load offset=8 (local.get $at)))
      (if (i32.eq (local.get $event) (i32.const 6))
        (then
          (if (i32.ne (call $stop (i32.load offset=4 (local.get $at))) (i32.const 4)) (then unreachable))
          (call $cancel))
        (else (call $ret (i32.load (local.get $at)))))
      (call $drop (i32.load offset=4 (local.get $at)))
      (i32.const 0)))
  (core instance $i (instantiate $m (with "" (instance
    (export "memory" (memory $mem "memory"))
    (export "ret" (func $ret)) (export "cancel" (func $cancel)) (export "wait" (func $lowered))
    (export "set" (func $set)) (export "join" (func $join)) (export "stop" (func $stop))
    (export "drop" (func $drop)) (export "drop-set" (func $drop-set))
    (export "get" (func $get)) (export "put" (func $put))))))
  (func (export "run") async (result u32)
    (canon lift (core func $i "run") async (callback (core func $i "callback"))
      (memory (core memory $mem "memory")))))`;

interface Started {
  run(signal?: AbortSignal): Promise<number>;
  /** The calls of the host, with what settles them. */
  waiting: { signal: AbortSignal; resolve: (value: number) => void }[];
  handles(): number;
  state(): string;
}

async function start(backend: BackendName): Promise<Started> {
  const waiting: Started['waiting'] = [];
  const wait = ({ signal }: { signal: AbortSignal }) =>
    new Promise<number>((resolve) => waiting.push({ signal, resolve }));
  const { instance, call } = await guestFrom(WAITING, backend, { wait });
  return {
    run: (signal) => call('run', ...(signal === undefined ? [] : [{ signal }])) as Promise<number>,
    waiting,
    handles: () => instance.usage().handles,
    state: () => instance.state,
  };
}

describe.each(BACKENDS)('an AbortSignal, %s', (backend) => {
  it('cancels a call, and the call of the host that it waits for', async () => {
    const { run, waiting, handles, state } = await start(backend);
    const controller = new AbortController();
    const running = run(controller.signal);
    const reason = new Error('enough');
    controller.abort(reason);
    await expect(running).rejects.toBe(reason);
    expect(waiting.map(({ signal }) => signal.aborted)).toEqual([true]);
    // The host comes too late.
    waiting[0]?.resolve(7);
    await new Promise((resolve) => setImmediate(resolve));
    expect([state(), handles()]).toEqual(['ready', 0]);
  });

  it('cancels one of several calls', async () => {
    const { run, waiting } = await start(backend);
    const controller = new AbortController();
    const calls = [run(controller.signal), run()];
    controller.abort();
    await expect(calls[0]).rejects.toMatchObject({ name: 'AbortError' });
    waiting[1]?.resolve(7);
    expect(await calls[1]).toBe(7);
  });

  it('refuses a call that is aborted before it begins', async () => {
    const { run, waiting } = await start(backend);
    await expect(run(AbortSignal.abort())).rejects.toMatchObject({ name: 'AbortError' });
    expect(waiting).toEqual([]);
  });

  it('does nothing to a call that has returned', async () => {
    const { run, waiting, state } = await start(backend);
    const controller = new AbortController();
    const running = run(controller.signal);
    waiting[0]?.resolve(7);
    expect(await running).toBe(7);
    controller.abort();
    await new Promise((resolve) => setImmediate(resolve));
    expect(state()).toBe('ready');
  });

  it('cancels a thousand calls at once, and nothing is left of them', async () => {
    const { run, handles } = await start(backend);
    const controller = new AbortController();
    // Node warns of more than ten.
    setMaxListeners(0, controller.signal);
    const calls = Array.from({ length: 1000 }, () => run(controller.signal));
    expect(handles()).toBe(2000);
    controller.abort();
    const ends = await Promise.allSettled(calls);
    expect(ends.every(({ status }) => status === 'rejected')).toBe(true);
    expect(handles()).toBe(0);
  });
});
