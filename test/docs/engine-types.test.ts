import { spawnSync } from 'node:child_process';
import { mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';

const ROOT = fileURLToPath(new URL('../../', import.meta.url));
// Inside the repository, so that packages are found; in a folder that holds build output.
const FOLDER = join(ROOT, 'test/dist/engine-types');
const TSC = join(dirname(createRequire(import.meta.url).resolve('typescript/package.json')), 'bin/tsc');
/** The types have the members that are written here, and refuse others. */
const USES = `import { createEngine, type Instance, type Promised } from '@wasm-plugin/engine';
interface Ops { ops: { add(a: number, b: number): number } }
interface Given { host: { now(): bigint } }
declare const bytes: Uint8Array;
const engine = createEngine<Given>({ imports: { host: { now: () => 1n } } });
// @ts-expect-error -- it wants a bigint
createEngine<Given>({ imports: { host: { now: () => 1 } } });
const plugin = await engine.load<Ops>(bytes);
export const typed: Instance<Ops> = plugin.instantiate();
export const sum: number = typed.exports.ops.add(1, 2);
// @ts-expect-error -- there is no such export
typed.exports.oops;
// @ts-expect-error -- it wants numbers
typed.exports.ops.add('1', 2);
const plain: Instance = (await engine.load(bytes)).instantiate();
export const unknown: unknown = plain.exports['anything'];
export const later: Instance<Ops> = (await engine.load(bytes)).instantiate<Ops, Given>({ imports: { host: { now: () => 1n } } });
const isolated = await createEngine({ isolation: 'worker' }).load<Ops>(bytes);
const exports: Promised<Ops> = (await isolated.instantiate()).exports;
export const promised: Promise<number> = exports.ops.add(1, 2);
`;

function run(...args: string[]): string {
  const { stdout, stderr, status } = spawnSync(process.execPath, args, { encoding: 'utf8', cwd: ROOT });
  return status === 0 ? stdout : `failed: ${stdout}${stderr}`;
}

describe('the types of an engine', () => {
  it('hold what is declared, and refuse what is not there', () => {
    rmSync(FOLDER, { recursive: true, force: true });
    mkdirSync(FOLDER, { recursive: true });
    writeFileSync(join(FOLDER, 'uses.ts'), USES);
    const options = [
      '--ignoreConfig',
      '--strict',
      '--module',
      'nodenext',
      '--target',
      'es2024',
      '--types',
      'node',
    ];
    expect(run(TSC, ...options, '--noEmit', join(FOLDER, 'uses.ts'))).toBe('');
  });
});
