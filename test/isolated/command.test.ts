import { parse } from '@bytecodealliance/jco-transpile/wasm-tools';
import { createEngine } from '@wasm-plugin/engine';
import { createSandbox, runCommand } from '@wasm-plugin/engine/sandbox';
import { describe, expect, it } from 'vitest';

/** A program whose `run` returns `result`, or does `body` first. */
function program(body: string): string {
  return `(component
    (import "wasi:cli/exit@0.2.0" (instance $exit
      (export "exit" (func (param "status" (result))))))
    (core func $exit (canon lower (func $exit "exit")))
    (core module $m
      (import "host" "exit" (func $exit (param i32)))
      (func (export "run") (result i32) ${body}))
    (core instance $i (instantiate $m (with "host" (instance (export "exit" (func $exit))))))
    (func $run (result (result)) (canon lift (core func $i "run")))
    (instance $interface (export "run" (func $run)))
    (export "wasi:cli/run@0.2.0" (instance $interface)))`;
}

async function statusOf(body: string): Promise<number> {
  const { imports } = createSandbox({ plugin: 'program', permissions: [], grants: [] });
  const engine = createEngine({ isolation: 'worker', imports });
  try {
    const plugin = await engine.load(await parse(program(body)));
    return await runCommand(await plugin.instantiate());
  } finally {
    engine.close();
  }
}

describe('runCommand() of an instance in a thread of its own', () => {
  it.each([
    ['0 where all went well', '(i32.const 0)', 0],
    ['1 where the program fails', '(i32.const 1)', 1],
    ['the status of a program that exits', '(call $exit (i32.const 1)) (unreachable)', 1],
    ['0 of one that exits well', '(call $exit (i32.const 0)) (unreachable)', 0],
  ])('gives %s', async (_, body, status) => {
    expect(await statusOf(body)).toBe(status);
  });

  it('rejects with what else ended it', async () => {
    await expect(statusOf('unreachable')).rejects.toMatchObject({ code: 'WP_TRAP' });
  });
});
