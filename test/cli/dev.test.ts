import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { cpSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, describe, expect, it } from 'vitest';
import { BIN, plainEnvironment, repoFile, runCli, temporaryFolder } from './run-cli.js';

const folder = temporaryFolder();
let child: ChildProcess | undefined;

afterEach(() => {
  child?.kill('SIGKILL');
  child = undefined;
});

/** A `wasm-plugin dev` that runs. */
interface Dev {
  /** Everything it has printed. */
  text(): string;
  /** Waits until it prints something, after what was waited for before. */
  until(pattern: RegExp): Promise<string>;
  /** Ends it as Ctrl+C does. */
  stop(): Promise<number | null>;
}

function startDev(path: string, args: readonly string[] = []): Dev {
  const running = spawn(process.execPath, [BIN, 'dev', path, ...args], { env: plainEnvironment() });
  child = running;
  let [text, at] = ['', 0];
  const waiting = new Set<() => void>();
  for (const stream of [running.stdout, running.stderr]) {
    stream.on('data', (chunk: Buffer) => {
      text += chunk.toString();
      for (const look of waiting) look();
    });
  }
  return {
    text: () => text,
    until: (pattern) =>
      new Promise((resolve, reject) => {
        const look = (): void => {
          const found = pattern.exec(text.slice(at));
          if (found === null) return;
          at += found.index + found[0].length;
          waiting.delete(look);
          resolve(found[0]);
        };
        waiting.add(look);
        running.once('close', () => reject(new Error(`It ended, and had printed:\n${text}`)));
        look();
      }),
    async stop() {
      running.kill('SIGINT');
      const [code] = (await once(running, 'close')) as [number | null];
      return code;
    },
  };
}

function source(name: string, manifest: object = {}): string {
  const path = join(folder, name);
  mkdirSync(path, { recursive: true });
  const basics = { id: `acme.${name}`, name, version: '1.0.0', entry: 'plugin.wasm' };
  const permissions = [{ capability: 'log', reason: 'to say what it does' }];
  writeFileSync(
    join(path, 'plugin.json'),
    JSON.stringify({ ...basics, world: 'wasm-plugin:counter/counter', permissions, ...manifest }),
  );
  return path;
}

const counter = (version: number): string => repoFile(`plugins-rust/build/counter-v${version}.wasm`);
const GRANTS = ['--grant', 'log', '--grant', 'config'];

describe('wasm-plugin dev', () => {
  it('reloads a plugin with its state, and keeps it while the new one is broken', async () => {
    const path = source('counter');
    const store = join(folder, 'store');
    cpSync(counter(1), join(path, 'plugin.wasm'));
    const calls = ['--call', 'counting#add', '--args', '[1]', '--every', '50'];
    const dev = startDev(path, [...GRANTS, '--store', store, ...calls]);
    await dev.until(/✓ acme\.counter 1\.0\.0 is ready\n/);
    await dev.until(/counting#add = \{ "total": "?4"?, "calls": "?4"?, "version": 1 \}/);
    cpSync(counter(2), join(path, 'plugin.wasm'));
    await dev.until(/✓ reloaded 1\.0\.0 in .*, its state carried over; no call waited longer than /);
    const after = await dev.until(/"total": "?\d+"?, "calls": "?\d+"?, "version": 2/);
    const [total, count] = [...after.matchAll(/"?(\d+)"?,/g)].map((match) => Number(match[1]));
    expect(total).toBeGreaterThan(4);
    expect(count).toBe(total);
    writeFileSync(join(path, 'plugin.wasm'), 'nonsense');
    await dev.until(/✗ reload failed at "prepare"; acme\.counter 1\.0\.0 goes on\n/);
    await dev.until(/"version": 2/);
    writeFileSync(join(path, 'plugin.json'), '{ "id": "acme.counter", oops');
    await dev.until(/✗ build failed; acme\.counter 1\.0\.0 goes on\n.*plugin\.json.* is no JSON/s);
    await dev.until(/"version": 2/);
    expect(await dev.stop()).toBe(0);
    expect(dev.text()).toMatch(/✓ saved its state, \d+ B, in .*\nended\n$/);
    const shown = runCli(['state', 'show', 'acme.counter', '--store', store, '--json']);
    expect(JSON.parse(shown.stdout)).toMatchObject({ plugin: 'acme.counter', schema: 2 });
  });

  it('takes the stored state up again', async () => {
    const path = source('counter');
    const store = join(folder, 'again');
    cpSync(counter(2), join(path, 'plugin.wasm'));
    const args = [...GRANTS, '--store', store, '--call', 'counting#add', '--args', '[100]', '--every', '50'];
    const first = startDev(path, args);
    await first.until(/"total": "?300"?/);
    await first.stop();
    const second = startDev(path, [...args.slice(0, -4), '--args', '[1]', '--every', '50']);
    const begun = await second.until(/"total": "?\d+"?/);
    expect(Number(/\d+/.exec(begun)?.[0])).toBeGreaterThan(300);
    expect(await second.stop()).toBe(0);
  });

  it('runs the command of plugin.json, and waits for the first build that works', async () => {
    const path = source('made', { build: { command: 'node make.mjs' }, entry: 'build/plugin.wasm' });
    mkdirSync(join(path, 'build'));
    writeFileSync(join(path, 'make.mjs'), 'console.error("no rule to make it"); process.exit(3)');
    const dev = startDev(path, GRANTS);
    await dev.until(/watching .* \(the command of plugin\.json\)/);
    await dev.until(/✗ build failed\n.*"node make\.mjs" failed:\n +no rule to make it\n/);
    const make = `import { cpSync } from 'node:fs';\ncpSync(${JSON.stringify(counter(1))}, 'build/plugin.wasm');\n`;
    writeFileSync(join(path, 'make.mjs'), make);
    await dev.until(/✓ acme\.made 1\.0\.0 is ready\n/);
    expect(await dev.stop()).toBe(0);
  });

  it('compiles AssemblyScript, and shows what the compiler says', async () => {
    const path = source('eq', { world: 'wasm-plugin:abi/audio-effect', state: { schema: 1 } });
    cpSync(repoFile('plugins-as/eq/assembly'), join(path, 'assembly'), { recursive: true });
    const dev = startDev(path, [...GRANTS, '--call', 'processor#describe', '--every', '50']);
    await dev.until(/\(AssemblyScript\)/);
    await dev.until(/"name": "Parametric equalizer"/);
    const file = join(path, 'assembly/processor.ts');
    const text = readFileSync(file, 'utf8');
    writeFileSync(file, text.replace("'Parametric equalizer'", "'Changed equalizer' + oops"));
    await dev.until(/✗ build failed; acme\.eq 1\.0\.0 goes on\n.*Cannot find name 'oops'/s);
    writeFileSync(file, text.replace("'Parametric equalizer'", "'Changed equalizer'"));
    await dev.until(/✓ reloaded 1\.0\.0 in /);
    await dev.until(/"name": "Changed equalizer"/);
    expect(await dev.stop()).toBe(0);
  });

  it('refuses a folder that is no plugin', () => {
    const { code, stderr } = runCli(['dev', join(folder, 'nothing')]);
    expect(code).toBe(1);
    expect(stderr).toMatch(/^error: Cannot read the plugin ".*nothing": there is no such folder/);
    mkdirSync(join(folder, 'nothing'));
    expect(runCli(['dev', join(folder, 'nothing')]).stderr).toContain('it has no file "plugin.json"');
    expect(stderr).not.toMatch(/^\s+at /m);
  });
});
