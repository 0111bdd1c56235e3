import { execFile } from 'node:child_process';
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { testFolder } from '../wast/index.js';
import type { Report } from './report.js';

const MAIN = fileURLToPath(new URL('dist/conformance/main.js', testFolder()));

let data: string;

beforeEach(async () => {
  data = await mkdtemp(join(tmpdir(), 'conformance-'));
});

afterEach(() => rm(data, { recursive: true }));

interface Ended {
  code: number;
  stdout: string;
}

async function run(folder: string, ...args: string[]): Promise<Ended> {
  const env = { ...process.env, WASM_PLUGIN_CONFORMANCE: folder };
  try {
    const { stdout } = await promisify(execFile)(process.execPath, [MAIN, ...args], { env });
    return { code: 0, stdout };
  } catch (error) {
    return error as Ended;
  }
}

async function script(name: string, text: string): Promise<void> {
  const file = join(data, name);
  await mkdir(join(file, '..'), { recursive: true });
  await writeFile(file, text);
}

describe('npm run conformance', () => {
  test('--json prints one object: counts by folder, and every skip with its reason', async () => {
    await script('core/a.wast', '(module (func (export "f") (result i32) (i32.const 1)))');
    await script('core/b/c.wast', '(assert_malformed (module quote "(func") "unexpected end")');
    const { code, stdout } = await run(data, 'core', '--json');
    expect(code).toBe(0);
    expect(JSON.parse(stdout)).toEqual({
      suite: 'core',
      folders: { core: { passed: 1, failed: 0, skipped: 0 }, b: { passed: 0, failed: 0, skipped: 1 } },
      skips: [
        { case: 'b/c.wast:1', reason: 'text format: the text parser refuses it, so there are no bytes' },
      ],
      failures: [],
    });
  });

  test('--json names each case that failed, with its folder and message', async () => {
    await script('core/b/a.wast', '(module)\n(assert_return (invoke "f"))\n(assert_return (invoke "g"))');
    const { code, stdout } = await run(data, 'core', '--json');
    expect(code).toBe(1);
    const { folders, failures } = JSON.parse(stdout) as Report;
    expect(folders['b']).toEqual({ passed: 1, failed: 2, skipped: 0 });
    expect(failures).toContainEqual({
      folder: 'b',
      name: 'b/a.wast:2',
      message: expect.stringContaining('wanted a result, got error: no function f'),
    });
    expect(failures.map(({ name }) => name)).toEqual(['b/a.wast:2', 'b/a.wast:3']);
  });

  test('counts a suite without data as skipped, and says so', async () => {
    const { code, stdout } = await run(join(data, 'nothing'), 'component', '--json');
    const report = JSON.parse(stdout) as Report;
    expect(code).toBe(0);
    expect(report.folders).toEqual({});
    expect(report.skips).toEqual([
      { case: 'component', reason: expect.stringContaining('no conformance data') },
    ]);
  });

  test('fails when a case fails, and prints which one', async () => {
    await script('core/a.wast', '(module)\n(assert_return (invoke "f"))');
    const { code, stdout } = await run(data, 'core');
    expect(code).toBe(1);
    expect(stdout).toContain('a.wast:2: wanted a result, got error: no function f');
  });

  test('refuses an unknown suite', async () => {
    expect((await run(data, 'nothing')).code).toBe(2);
  });
});
