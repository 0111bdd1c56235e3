import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { ABI_VERSION } from '@wasm-plugin/abi';
import { ENGINE_VERSION } from '@wasm-plugin/engine/host';
import { describe, expect, it } from 'vitest';

const ROOT = fileURLToPath(new URL('../', import.meta.url));

interface Manifest {
  name: string;
  version: string;
  workspaces: string[];
  dependencies?: Record<string, string>;
  devDependencies?: Record<string, string>;
  peerDependencies?: Record<string, string>;
}

function manifestOf(folder: string): Manifest {
  return JSON.parse(readFileSync(join(ROOT, folder, 'package.json'), 'utf8')) as Manifest;
}

const { version, workspaces } = manifestOf('.');
const OWN = /^(?:@wasm-plugin\/.*|wasm-plugin)$/;

describe('the version in the package.json of the root', () => {
  it.each(workspaces)('is that of the package in %s, and of what it depends on of ours', (folder) => {
    const manifest = manifestOf(folder);
    const { dependencies, devDependencies, peerDependencies } = manifest;
    const own = Object.entries({ ...dependencies, ...devDependencies, ...peerDependencies }).filter(
      ([name]) => OWN.test(name),
    );
    expect(manifest.version).toBe(version);
    for (const [name, wanted] of own) expect(wanted, name).toBe(version);
  });

  it('is what the engine and the command line say', () => {
    const bin = join(ROOT, 'cli/bin/wasm-plugin.js');
    expect(ENGINE_VERSION).toBe(version);
    expect(execFileSync(process.execPath, [bin, '--version'], { encoding: 'utf8' }).trim()).toBe(version);
  });
});

describe('other versions that are written down more than once', () => {
  it('ABI_VERSION is that of the package in abi/wit', () => {
    expect(readFileSync(join(ROOT, 'abi/wit/plugin.wit'), 'utf8')).toContain(
      `package wasm-plugin:abi@${ABI_VERSION};`,
    );
  });

  it('the version of AssemblyScript is the same in the SDK, its message and the template', () => {
    const { peerDependencies, devDependencies } = manifestOf('plugins-as/sdk');
    const wanted = peerDependencies?.['assemblyscript'];
    expect(devDependencies?.['assemblyscript']).toBe(wanted);
    for (const file of ['plugins-as/sdk/src/build/load-compiler.ts', 'cli/src/new/wanted.ts'])
      expect(readFileSync(join(ROOT, file), 'utf8')).toContain(`'${wanted}'`);
  });
});
