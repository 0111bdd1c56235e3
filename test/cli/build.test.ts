import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { cpSync, existsSync, mkdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { buildFolder } from 'wasm-plugin/build';
import { describe, expect, it } from 'vitest';
import { BIN, callCli, plainEnvironment, repoFile, temporaryFolder } from './run-cli.js';

const folder = temporaryFolder();
const COUNTER = repoFile('plugins-rust/build/counter-v1.wasm');

function source(name: string, manifest: object = {}): string {
  const path = join(folder, name);
  mkdirSync(path, { recursive: true });
  const basics = {
    id: `acme.${name}`,
    name,
    version: '1.0.0',
    entry: 'plugin.wasm',
    world: 'acme:a/greeter',
  };
  writeFileSync(join(path, 'plugin.json'), JSON.stringify({ ...basics, ...manifest }));
  return path;
}

function assemblyScript(name: string): string {
  const path = source(name);
  mkdirSync(join(path, 'assembly'), { recursive: true });
  mkdirSync(join(path, 'wit'), { recursive: true });
  writeFileSync(
    join(path, 'wit/w.wit'),
    'package acme:a;\nworld greeter { export greet: func(name: string) -> string; }\n',
  );
  writeFileSync(
    join(path, 'assembly/index.ts'),
    'export function greet(name: string): string {\n  return "Hello, " + name;\n}\n',
  );
  return path;
}

describe('wasm-plugin build', () => {
  it('builds AssemblyScript, and again only where something has changed', { timeout: 300_000 }, async () => {
    const path = assemblyScript('greeter');
    const first = await callCli(['build', path]);
    expect(first).toMatchObject({ code: 0, stderr: '' });
    expect(first.stdout).toMatch(/^✓ .*plugin\.wasm: acme\.greeter 1\.0\.0, [\d.]+ KiB; AssemblyScript, /);
    const made = join(path, 'plugin.wasm');
    expect((await callCli(['run', made, '--export', 'greet', '--args', '["Ada"]'])).stdout).toBe(
      '"Hello, Ada"\n',
    );
    const { mtimeMs } = statSync(made);
    expect((await callCli(['build', path])).stdout).toContain('; nothing has changed\n');
    expect(statSync(made).mtimeMs).toBe(mtimeMs);
    const index = join(path, 'assembly/index.ts');
    writeFileSync(index, readFileSync(index, 'utf8').replace('"Hello, "', '"Good morning, "'));
    const again = await callCli(['build', path, '--json']);
    expect(JSON.parse(again.stdout)).toMatchObject({
      id: 'acme.greeter',
      builder: 'AssemblyScript',
      unchanged: false,
      sizeBeforeBytes: expect.any(Number) as number,
    });
    expect((await callCli(['run', made, '--export', 'greet', '--args', '["Ada"]'])).stdout).toBe(
      '"Good morning, Ada"\n',
    );
    rmSync(made);
    expect((await callCli(['build', path])).code).toBe(0);
    expect(existsSync(made)).toBe(true);
  });

  it('shows an error of the compiler with its file, line and a picture of the line', async () => {
    const path = assemblyScript('wrong');
    writeFileSync(
      join(path, 'assembly/index.ts'),
      'export function greet(name: string): string {\n  return oops;\n}\n',
    );
    const { code, stdout, stderr } = await callCli(['build', path]);
    expect({ code, stdout }).toEqual({ code: 1, stdout: '' });
    expect(stderr).toContain("Cannot find name 'oops'");
    expect(stderr).toMatch(/2 │ +return oops;\n/);
    expect(stderr).toContain('index.ts(2,10)');
    expect(stderr).not.toMatch(/^\s+at /m);
    expect(existsSync(join(path, 'plugin.wasm'))).toBe(false);
  });

  it('runs a command each time, and refuses what it makes where that is no component', async () => {
    const path = source('made', { build: { command: 'node make.mjs' } });
    writeFileSync(
      join(path, 'make.mjs'),
      `import { cpSync } from 'node:fs';\ncpSync(${JSON.stringify(COUNTER)}, 'plugin.wasm');\n`,
    );
    expect((await callCli(['build', path])).stdout).toContain('the command of plugin.json');
    writeFileSync(
      join(path, 'make.mjs'),
      `import { writeFileSync } from 'node:fs';\nwriteFileSync('plugin.wasm', '(module)');\n`,
    );
    const { code, stderr } = await callCli(['build', path]);
    expect(code).toBe(1);
    expect(stderr).toContain('it is WebAssembly text, not a binary');
  });

  it('says which sources it knows', async () => {
    const { code, stderr } = await callCli(['build', source('nothing')]);
    expect(code).toBe(1);
    expect(stderr).toContain('it has no sources of a known kind');
    expect(stderr).toContain(
      'AssemblyScript (assembly/index.ts), Rust (Cargo.toml), JavaScript (src/index.js)',
    );
  });

  it('says what is missing to build JavaScript', async () => {
    const path = source('script');
    mkdirSync(join(path, 'src'));
    writeFileSync(join(path, 'src/index.js'), 'export const greet = (name) => name;\n');
    const { code, stderr } = await callCli(['build', path]);
    expect(code).toBe(1);
    expect(stderr).toContain('componentize-qjs is not installed for it');
    expect(stderr).toContain('npm install --save-dev componentize-qjs');
  });

  it('builds again when a file changes, with --watch', async () => {
    const path = source('watched', { build: { command: 'node make.mjs' } });
    writeFileSync(
      join(path, 'make.mjs'),
      `import { cpSync } from 'node:fs';\ncpSync('from.bin', 'plugin.wasm');\n`,
    );
    cpSync(COUNTER, join(path, 'from.bin'));
    const child = spawn(process.execPath, [BIN, 'build', path, '--watch'], { env: plainEnvironment() });
    const sizes = (text: string): number => text.split('✓').length - 1;
    let text = '';
    const until = (count: number): Promise<void> =>
      new Promise((resolve) => {
        const look = (chunk = ''): void => {
          text += chunk.toString();
          if (sizes(text) >= count) resolve();
        };
        child.stdout.on('data', look);
        look();
      });
    await until(1);
    cpSync(repoFile('plugins-rust/build/counter-v2.wasm'), join(path, 'from.bin'));
    await until(2);
    child.kill('SIGINT');
    expect(await once(child, 'close')).toEqual([0, null]);
    expect(text).toMatch(/\(was [\d.]+ KiB\)/);
  });
});

describe('buildFolder()', () => {
  it('builds a folder for a program, and tells when it begins', async () => {
    const path = source('embedded', { build: { command: 'node make.mjs' } });
    writeFileSync(
      join(path, 'make.mjs'),
      `import { cpSync } from 'node:fs';\ncpSync(${JSON.stringify(COUNTER)}, 'plugin.wasm');\n`,
    );
    const begun: string[] = [];
    const result = await buildFolder(path, {
      output: join(path, 'out/a.wasm'),
      onBegin: (name) => begun.push(name),
    });
    expect(begun).toEqual(['the command of plugin.json']);
    expect(result).toMatchObject({
      builder: begun[0],
      unchanged: false,
      sizeBytes: readFileSync(COUNTER).length,
    });
    expect(readFileSync(join(path, 'out/a.wasm')).equals(readFileSync(COUNTER))).toBe(true);
  });
});
