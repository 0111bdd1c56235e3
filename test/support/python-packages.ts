import { spawnSync } from 'node:child_process';
import { existsSync, renameSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

/** A folder for `PYTHONPATH`, or the reason for which there is none. */
export type PythonPackages = { readonly path: string } | { readonly missing: string };

/** Installs packages of PyPI into a folder of their own, once on this machine. */
export function pythonPackages(packages: readonly string[]): PythonPackages {
  const path = join(tmpdir(), 'wasm-plugin-python', packages.join('+').replaceAll(/[^\w.+-]/g, '_'));
  if (existsSync(path)) return { path };
  const building = `${path}.${process.pid}`;
  const args = ['-m', 'pip', 'install', '--quiet', '--only-binary', ':all:', '--target', building];
  const { error, status, stderr } = spawnSync('python3', [...args, ...packages], { encoding: 'utf8' });
  if (error !== undefined) return { missing: `Python is not installed: no "${packages.join(' ')}"` };
  if (status !== 0)
    return {
      missing: `"${packages.join(' ')}" cannot be installed: ${String(stderr.trim().split('\n')[0])}`,
    };
  renameSync(building, path);
  return { path };
}
