import { spawnSync } from 'node:child_process';
import { mkdirSync, readdirSync, statSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { beforeAll, describe, expect, it } from 'vitest';
import { installPacked, runNpm } from './install-packed.js';
import { plainEnvironment, repoFile, runCli, temporaryFolder } from './run-cli.js';
import { reloads, ships } from './ship-plugin.js';

const folder = temporaryFolder();
const home = join(folder, 'home');
const bin = join(home, 'node_modules/wasm-plugin/bin/wasm-plugin.js');

/** Cargo uses no network, and builds each crate once. */
const ENV = { CARGO_NET_OFFLINE: 'true', CARGO_TARGET_DIR: join(folder, 'target') };

/** A template, and the size that its component may have, in bytes. */
interface Template {
  language: string;
  world: string;
  mostBytes: number;
  /** Returns the name of the tool that this machine lacks to build it. */
  missing?: (plugin: string) => string | undefined;
}

/** Engines before Node 22 lack a proposal that these components use. */
const needsNode22 = (): string | undefined =>
  Number(process.versions.node.split('.')[0]) < 22
    ? `Node 22 or newer, this is ${process.version}`
    : undefined;

const runs = (program: string, ...args: string[]): boolean => spawnSync(program, args).status === 0;

const needsPython = (): string | undefined =>
  needsNode22() ?? (runs('componentize-py', '--version') ? undefined : 'componentize-py');

const needsC = (): string | undefined =>
  ['wit-bindgen', 'clang-19'].find((program) => !runs(program, '--version'));

/** Cargo may use no network here: its crates have to be on the machine. */
const needsCrates = (plugin: string): string | undefined => {
  if (!runs('cargo', '--version')) return 'cargo';
  const { status } = spawnSync('cargo', ['generate-lockfile', '--offline'], { cwd: plugin });
  return status === 0 ? undefined : 'crates that cargo has not downloaded on this machine';
};

const TEMPLATES: readonly Template[] = [
  { language: 'assemblyscript', world: 'own', mostBytes: 6000 },
  { language: 'assemblyscript', world: 'plugin', mostBytes: 12_000 },
  { language: 'assemblyscript', world: 'audio-effect', mostBytes: 20_000 },
  { language: 'rust', world: 'own', mostBytes: 30_000, missing: needsCrates },
  { language: 'rust', world: 'plugin', mostBytes: 60_000, missing: needsCrates },
  { language: 'rust', world: 'audio-effect', mostBytes: 24_000, missing: needsCrates },
  { language: 'c', world: 'own', mostBytes: 6000, missing: needsC },
  { language: 'c', world: 'plugin', mostBytes: 8000, missing: needsC },
  { language: 'c', world: 'audio-effect', mostBytes: 18_000, missing: needsC },
  { language: 'javascript', world: 'own', mostBytes: 1_200_000, missing: needsNode22 },
  { language: 'javascript', world: 'plugin', mostBytes: 1_200_000, missing: needsNode22 },
  { language: 'typescript', world: 'own', mostBytes: 1_200_000, missing: needsNode22 },
  { language: 'typescript', world: 'plugin', mostBytes: 1_200_000, missing: needsNode22 },
  { language: 'python', world: 'own', mostBytes: 20_000_000, missing: needsPython },
  { language: 'python', world: 'plugin', mostBytes: 20_000_000, missing: needsPython },
];

/** A host as somebody writes it who has the packages alone. */
const HOST = `import { readFile } from 'node:fs/promises';
import { createEngine } from '@wasm-plugin/engine';
import type { Exports } from './types/host.js';

const engine = createEngine({ limits: { memoryBytes: 16 * 1024 * 1024, timeMs: 1000 } });
const bytes = await readFile('typed/plugin.wasm');
const plugin = await engine.load<Exports>(bytes);
const { exports } = plugin.instantiate();
const text: string = exports.greet('Ada');
console.log(text);
`;

/** Makes the folder of a template, with the packages that npm would install for it. */
function make({ language, world }: Template, name = `${language}-${world}`): string {
  const made = spawnSync(process.execPath, [bin, 'new', name, '--language', language, '--world', world], {
    cwd: home,
    encoding: 'utf8',
  });
  expect(made.stderr).toBe('');
  const plugin = join(home, name);
  // Cargo looks for the crate beside the plugin; Node finds its packages in the folder above.
  mkdirSync(join(plugin, 'node_modules'));
  symlinkSync(join(home, 'node_modules/@wasm-plugin'), join(plugin, 'node_modules/@wasm-plugin'));
  return plugin;
}

beforeAll(() => {
  installPacked(home);
  // The same program, in WebAssembly.
  symlinkSync(repoFile('node_modules/esbuild-wasm'), join(home, 'node_modules/esbuild'));
}, 120_000);

describe('a template of wasm-plugin new, from packed packages alone', { timeout: 400_000 }, () => {
  it.for(TEMPLATES)(
    'builds, passes its test, takes random values, reloads, is packed, signed and installed: $language, $world',
    async (template, { skip }) => {
      const plugin = make(template);
      const missing = template.missing?.(plugin);
      if (missing !== undefined) skip(`it needs ${missing}`);
      const strictest = template.world === 'audio-effect' ? ['--audio', '10'] : [];
      const said = runNpm(
        ['test', '--', '.', '--reload', '--fuzz', '50', '--seed', '1', ...strictest],
        plugin,
        ENV,
      );
      if (strictest.length > 0) expect(said).toContain('✓ automation: turns a parameter without a click');
      expect(said).toMatch(/✓ plugin\.wasm: com\.example\./);
      expect(said).toContain('✓ it takes random values: 50 calls of seed 1');
      expect(said).not.toContain('✗');
      expect(said).toMatch(/Tests +[12] passed/);
      expect(statSync(join(plugin, 'plugin.wasm')).size).toBeLessThanOrEqual(template.mostBytes);
      const made = { folder: plugin, bin, env: ENV };
      await reloads(made);
      await ships(made);
    },
  );

  it('is used by a host of 20 lines, with types, under tsc --strict', () => {
    const plugin = make({ language: 'assemblyscript', world: 'own', mostBytes: 0 }, 'typed');
    const run = (
      file: string,
      ...args: string[]
    ): { status: number | null; stdout: string; stderr: string } =>
      spawnSync(process.execPath, [file, ...args], { cwd: home, encoding: 'utf8' });
    expect(run(bin, 'build', plugin).stderr).toBe('');
    expect(run(bin, 'types', join(plugin, 'wit'), '-o', 'typed-host/types').stderr).toBe('');
    writeFileSync(join(home, 'typed-host/package.json'), '{ "type": "module" }');
    writeFileSync(join(home, 'typed-host/host.ts'), HOST);
    const options = ['--module', 'nodenext', '--target', 'es2023', '--types', 'node'];
    const checked = run(
      join(home, 'node_modules/typescript/bin/tsc'),
      '--strict',
      ...options,
      'typed-host/host.ts',
    );
    expect(checked.stdout).toBe('');
    expect(checked.status).toBe(0);
    expect(run(join(home, 'typed-host/host.js')).stdout).toBe('Hello, Ada!\n');
    writeFileSync(join(home, 'typed-host/host.ts'), HOST.replace("greet('Ada')", 'greet(1)'));
    const wrong = run(
      join(home, 'node_modules/typescript/bin/tsc'),
      '--strict',
      ...options,
      'typed-host/host.ts',
    );
    expect(wrong.stdout).toContain(
      "Argument of type 'number' is not assignable to parameter of type 'string'",
    );
  });

  it('says how a missing toolchain is installed', () => {
    const build = (template: Template, env: NodeJS.ProcessEnv): string => {
      const { code, stderr } = runCli(['build', make(template)], { env: { ...plainEnvironment(), ...env } });
      expect(code).toBe(1);
      expect(stderr).not.toMatch(/^\s+at /m);
      return stderr;
    };
    const none = { PATH: join(folder, 'nowhere') };
    const [python, c, rust] = ['python', 'c', 'rust'].map((language) => {
      const template: Template = { language, world: 'own', mostBytes: 0 };
      const made = `${language}-own`;
      return readdirSync(home).includes(made)
        ? runCli(['build', join(home, made), '--force'], { env: none }).stderr
        : build(template, none);
    });
    expect(python).toContain('Cannot build: there is no program "componentize-py"');
    expect(python?.replaceAll(/\s+/g, ' ')).toContain('.venv/bin/pip install componentize-py');
    expect(c).toContain('Cannot build: there is no program "wit-bindgen"');
    expect(c?.replaceAll(/\s+/g, ' ')).toContain('cargo install wit-bindgen-cli');
    expect(rust).toContain('Cannot build: there is no program "rustc"');
    expect(rust).toContain('https://rustup.rs');
  });
});
