import { mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { beforeAll, describe, expect, it } from 'vitest';
import { callCli, temporaryFolder } from './run-cli.js';

const folder = join(temporaryFolder(), 'fragile');

const WIT = `package acme:fragile@1.0.0;
interface calls {
  resource counter {
    constructor(start: u32);
    add: func(by: u32) -> u32;
  }
  divide: func(a: s32, b: s32) -> s32;
  keep: func(text: string) -> result<u32, string>;
  kept: func() -> u32;
}
world fragile { export calls; }
`;

const SOURCE = `import * as calls from './calls';
export { calls };
`;

const CALLS = (fixed: boolean): string => `import { CounterResource } from './bindings/calls';
import { ok, err, Result } from './bindings/wit';
let length = 0;
export class Counter extends CounterResource {
  value: u32;
  constructor(start: u32) {
    super();
    this.value = start;
  }
  add(by: u32): u32 {
    this.value += by;
    return this.value;
  }
}
export function divide(a: i32, b: i32): i32 {
  ${fixed ? 'if (b == 0) return 0;' : ''}
  return b == -1 ? 0 : a / b;
}
export function keep(text: string): Result<u32, string> {
  if (text.length > 1000) return err<u32, string>('too long');
  length = text.length;
  return ok<u32, string>(length);
}
export function kept(): u32 {
  while (length > 9 && ${String(!fixed)}) {}
  return length;
}
`;

interface Check {
  name: string;
  status: string;
  message?: string;
}

async function test(...args: string[]): Promise<{ code: number | null; checks: Check[] }> {
  const { code, stdout } = await callCli(['test', folder, '--json', ...args]);
  const { checks, error } = JSON.parse(stdout) as { checks?: Check[]; error?: unknown };
  if (checks === undefined) throw new Error(JSON.stringify(error));
  return { code, checks };
}

function write(path: string, text: string): void {
  mkdirSync(join(folder, path, '..'), { recursive: true });
  writeFileSync(join(folder, path), text);
}

beforeAll(() => {
  write('plugin.json', manifest('1.0.0'));
  write('wit/fragile.wit', WIT);
  write('assembly/index.ts', SOURCE);
  write('assembly/calls.ts', CALLS(false));
});

function manifest(version: string): string {
  return JSON.stringify({
    id: 'acme.fragile',
    name: 'Fragile',
    version,
    entry: 'plugin.wasm',
    world: 'acme:fragile/fragile',
    limits: { fuel: 1e6 },
  });
}

describe('wasm-plugin test --fuzz', { timeout: 120_000 }, () => {
  it('finds traps and loops, makes them small, and keeps them as files that later tests make first', async () => {
    const { code, checks } = await test('--fuzz', '400', '--seed', '3');
    expect(code).toBe(1);
    const { message = '' } = checks.at(-1) as Check;
    expect(message).toContain('400 calls of seed 3\n');
    expect(message).toMatch(/#divide: .*divide by zero.* \(WP_TRAP\), kept as test\/fuzz\/\w+\.json/);
    expect(message).toMatch(/#kept: .*"fuel".* \(WP_QUOTA_FUEL\), kept as test\/fuzz\/\w+\.json/);
    const inputs = readdirSync(join(folder, 'test/fuzz')).map(
      (name) =>
        JSON.parse(readFileSync(join(folder, 'test/fuzz', name), 'utf8')) as {
          found: string;
          calls: unknown;
        },
    );
    const calls = 'acme:fragile/calls@1.0.0';
    expect(inputs).toHaveLength(2);
    expect(inputs.map((input) => input.calls)).toEqual(
      expect.arrayContaining([
        [{ call: `${calls}#divide`, args: [0, 0] }],
        [
          { call: `${calls}#keep`, args: [expect.stringMatching(/^.{4,10}$/u)] },
          { call: `${calls}#kept`, args: [] },
        ],
      ]),
    );
    const again = await test();
    expect(again.code).toBe(1);
    expect(again.checks.slice(-2).map(({ name, status }) => `${name} ${status}`)).toEqual([
      expect.stringMatching(/^it takes the input of test\/fuzz\/\w+\.json failed$/),
      expect.stringMatching(/^it takes the input of test\/fuzz\/\w+\.json failed$/),
    ]);
  });

  it('passes once the plugin is mended, and keeps the build of the version before', async () => {
    write('plugin.json', manifest('1.0.1'));
    write('assembly/calls.ts', CALLS(true));
    const { code, checks } = await test('--fuzz', '200', '--seed', '3', '--reload');
    expect(checks.filter(({ status }) => status === 'failed')).toEqual([]);
    expect(code).toBe(0);
    expect(checks.slice(-4)).toMatchObject([
      { name: 'the version before is reloaded into it', message: '1.0.0 to 1.0.1 and back' },
      { status: 'passed' },
      { status: 'passed' },
      { name: 'it takes random values', status: 'passed', message: '200 calls of seed 3' },
    ]);
  });

  it('refuses a kept input that does not fit, and options that need others', async () => {
    write('test/fuzz/old.json', '{ "calls": [{ "call": "gone", "args": [] }] }');
    expect((await test()).checks.at(-1)).toMatchObject({
      name: 'it takes the input of test/fuzz/old.json',
      status: 'failed',
      message: 'it calls "gone", which the component does not export',
    });
    expect((await callCli(['test', folder, '--seed', '1'])).stderr).toContain(
      'Cannot use --seed: wanted --fuzz or --audio beside it',
    );
    expect((await callCli(['test', folder, '--previous', 'x'])).stderr).toContain(
      'Cannot use --previous: wanted --reload beside it',
    );
    const wrong = await callCli(['test', folder, '--fuzz', 'many']);
    expect(wrong.code).toBe(2);
    expect(wrong.stderr).toContain('It is "many", wanted a whole number');
  });
});
