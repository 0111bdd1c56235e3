import { spawnSync } from 'node:child_process';
import { readFileSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { callCli, repoFile, temporaryFolder } from './run-cli.js';

const folder = temporaryFolder();
const TSC = join(dirname(createRequire(import.meta.url).resolve('typescript/package.json')), 'bin/tsc');

const HOST = `import type { Exports, Imports } from './host.js';
declare const instance: { exports: Record<string, unknown> };
const exports = instance.exports as unknown as Exports;
export const name: string = exports['wasm-plugin:abi/processor@0.1.0'].describe().name;
export const value: number = exports.processor.getParameter(0);
export const log: Imports['wasm-plugin:abi/log@0.1.0'] = { log: (level, message) => console.error(level, message) };
// @ts-expect-error -- it wants a number
exports.processor.getParameter('gain');
`;

function compile(into: string): string {
  writeFileSync(join(into, 'use.ts'), HOST);
  const options = [
    '--noEmit',
    '--strict',
    '--module',
    'nodenext',
    '--target',
    'es2022',
    join(into, 'use.ts'),
  ];
  const { stdout, stderr } = spawnSync(process.execPath, [TSC, ...options], { encoding: 'utf8', cwd: into });
  return stdout + stderr;
}

describe('wasm-plugin types', () => {
  it('writes the declarations of a world, with its comments', async () => {
    const into = join(folder, 'world');
    const { code, stdout } = await callCli([
      'types',
      repoFile('abi/wit'),
      '--world',
      'audio-effect',
      '-o',
      into,
    ]);
    expect(code).toBe(0);
    expect(stdout).toMatch(/world: 9 files, host\.d\.ts has the types of exports and imports\n/);
    const text = readFileSync(join(into, 'interfaces/wasm-plugin-abi-config.d.ts'), 'utf8');
    expect(text).toContain('The value of `key`, or none if it is not set.');
    expect(text).toContain('export function get(key: string): string | undefined;');
    expect(compile(into)).toBe('');
  });

  it('writes those of a component', async () => {
    const into = join(folder, 'component');
    const { code, stdout } = await callCli([
      'types',
      repoFile('plugins-rust/build/compressor.wasm'),
      '-o',
      into,
      '--json',
    ]);
    expect(code).toBe(0);
    expect(JSON.parse(stdout)).toMatchObject({
      folder: into,
      files: expect.arrayContaining(['compressor.d.ts', 'host.d.ts']) as unknown,
    });
    expect(compile(into)).toBe('');
  });

  it('explains what is wrong', async () => {
    const unknown = await callCli([
      'types',
      repoFile('abi/wit'),
      '--world',
      'video',
      '-o',
      join(folder, 'none'),
    ]);
    expect(unknown.code).toBe(1);
    expect(unknown.stderr).toMatch(/^error: Cannot make types: .*video/);
    expect((await callCli(['types', join(folder, 'none.wasm'), '-o', folder])).stderr).toContain(
      'there is no such file',
    );
    expect((await callCli(['types', repoFile('abi/wit')])).code).toBe(2);
  });
});
