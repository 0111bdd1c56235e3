import { spawnSync } from 'node:child_process';
import { cpSync, existsSync, mkdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { componentEmbed } from '@bytecodealliance/jco-transpile/wasm-tools';
import { describe, expect, it } from 'vitest';
import { repoFile, runCli, temporaryFolder } from './run-cli.js';
import { startDev } from './start-dev.js';

const folder = temporaryFolder();

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
/** A component that ends in the middle of a section. */
const TORN = Uint8Array.of(0, 0x61, 0x73, 0x6d, 0x0d, 0, 1, 0, 7, 20, 1);
const GRANTS = ['--grant', 'log', '--grant', 'config'];

/** A plugin in Rust says which world it is for by a section of its own; bindings would be a download. */
const RUST_WORLD = `#[used]
#[link_section = "component-type:numbered"]
static WORLD: [u8; include_bytes!("world.bin").len()] = *include_bytes!("world.bin");
`;

const NO_TERMINAL = spawnSync('script', ['--version']).status !== 0;
const NO_RUST = missingRust();

function missingRust(): string | undefined {
  const { status, stdout } = spawnSync('rustc', ['--print', 'sysroot'], { encoding: 'utf8' });
  if (status !== 0 || spawnSync('cargo', ['--version']).status !== 0) return 'no cargo here';
  const targets = ['wasm32-unknown-unknown', 'wasm32-wasip2'];
  const isThere = targets.some((target) => existsSync(join(stdout.trim(), 'lib/rustlib', target)));
  return isThere ? undefined : `cargo here has no target ${targets.join(' or ')}`;
}

/** Returns the section `component-type` of a core module. */
async function worldSection(witSource: string): Promise<Uint8Array> {
  const embedded = await componentEmbed({ dummy: true, witSource });
  const module = await WebAssembly.compile(new Uint8Array(embedded));
  const [section] = ['component-type', 'component-type:numbered'].flatMap((name) =>
    WebAssembly.Module.customSections(module, name),
  );
  return new Uint8Array(section as ArrayBuffer);
}

describe('wasm-plugin dev', () => {
  it('does not reload a plugin whose sources come to what runs', async () => {
    const path = source('same');
    cpSync(counter(1), join(path, 'plugin.wasm'));
    const dev = startDev(path, GRANTS);
    await dev.until(/✓ acme\.same 1\.0\.0 is ready\n/);
    writeFileSync(join(path, 'Cargo.lock'), '# made by a build\n');
    await dev.until(/✓ acme\.same 1\.0\.0 goes on: what was built is what runs\n/);
    cpSync(counter(2), join(path, 'plugin.wasm'));
    await dev.until(/✓ reloaded 1\.0\.0 in /);
    expect(await dev.stop()).toBe(0);
  });

  it('names the grant that a plugin needs to start', async () => {
    const path = source('needy');
    cpSync(counter(1), join(path, 'plugin.wasm'));
    const dev = startDev(path);
    await dev.until(/✗ start failed\n.*the host does not grant it\n.*hint: grant it: --grant log\n/);
    expect(await dev.stop()).toBe(0);
  });

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
    writeFileSync(join(path, 'plugin.wasm'), TORN);
    await dev.until(/✗ reload failed at "prepare"; acme\.counter 1\.0\.0 goes on\n/);
    writeFileSync(join(path, 'plugin.wasm'), '(component)');
    await dev.until(
      /✗ build failed; acme\.counter 1\.0\.0 goes on\n.*it is WebAssembly text, not a binary\n +hint: Encode it first/s,
    );
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

  it('prints a JSON object a line for machines', async () => {
    const path = source('machine');
    cpSync(counter(1), join(path, 'plugin.wasm'));
    const dev = startDev(path, [...GRANTS, '--json']);
    await dev.until(/"event":"usage"/);
    cpSync(counter(2), join(path, 'plugin.wasm'));
    await dev.until(/"event":"reloaded"/);
    writeFileSync(join(path, 'plugin.wasm'), TORN);
    await dev.until(/"event":"failed".*\n/);
    expect(await dev.stop()).toBe(0);
    const events = dev
      .text()
      .trimEnd()
      .split('\n')
      .map((line) => JSON.parse(line) as { event: string });
    expect(events.map(({ event }) => event).filter((event) => event !== 'log')).toEqual([
      'watching',
      'built',
      'ready',
      'usage',
      'built',
      'reloaded',
      'usage',
      'built',
      'failed',
      'ended',
    ]);
    expect(events.find(({ event }) => event === 'reloaded')).toMatchObject({
      from: '1.0.0',
      state: 'carried',
      pauseMs: expect.any(Number) as number,
    });
    expect(events.find(({ event }) => event === 'failed')).toMatchObject({
      what: 'reload',
      step: 'prepare',
      message: expect.stringContaining('unexpected end') as string,
      running: { id: 'acme.machine', version: '1.0.0', state: 'ready' },
    });
  });

  describe(`on a terminal${NO_TERMINAL ? ' (skipped: no program "script" here to make one)' : ''}`, () => {
    it.skipIf(NO_TERMINAL)(
      'keeps a last line of what runs, how often it was reloaded and what it uses',
      async () => {
        const path = source('live');
        cpSync(counter(1), join(path, 'plugin.wasm'));
        const dev = startDev(path, [...GRANTS, '--call', 'counting#add', '--args', '[1]', '--every', '50'], {
          terminal: true,
        });
        await dev.until(/acme\.live 1\.0\.0 is ready\r\n/);
        await dev.until(/ acme\.live 1\.0\.0 ready · 0 reloads · 0 failures · memory [\d.]+ [KM]iB/);
        cpSync(counter(2), join(path, 'plugin.wasm'));
        await dev.until(/ready · 1 reload · 0 failures · last pause [\d.]+ [mµn]?s · memory /);
        writeFileSync(join(path, 'plugin.wasm'), TORN);
        await dev.until(/✗.* reload failed at "prepare"; acme\.live 1\.0\.0 goes on\r\n/);
        await dev.until(/ready · reload FAILED, this is the version before · 1 reload · 1 failure/);
        // The answers go on above it.
        await dev.until(/\r.\[2K {2}counting#add = [^\n]*"version": 2 \}\r\n[^\n]*acme\.live 1\.0\.0 ready/);
        cpSync(counter(2), join(path, 'plugin.wasm'));
        await dev.until(/✓.* acme\.live 1\.0\.0 goes on: what was built is what runs\r\n/);
        await dev.until(/ready · 1 reload · 1 failure · /);
        expect(await dev.stop()).toBe(0);
        expect(dev.text()).toMatch(/\r.\[2Kended\r\n$/);
      },
    );
  });

  describe(`of a crate in Rust${NO_RUST === undefined ? '' : ` (skipped: ${NO_RUST})`}`, () => {
    it.skipIf(NO_RUST !== undefined)(
      'compiles it, and shows what the compiler says',
      { timeout: 120_000 },
      async () => {
        const path = source('crate', { world: 'acme:crate/numbered' });
        mkdirSync(join(path, 'src'));
        writeFileSync(
          join(path, 'src/world.bin'),
          await worldSection('package acme:crate; world numbered { export number: func() -> u32; }'),
        );
        writeFileSync(
          join(path, 'Cargo.toml'),
          '[package]\nname = "numbered"\nversion = "1.0.0"\nedition = "2021"\n\n[lib]\ncrate-type = ["cdylib"]\n',
        );
        const code = (body: string): string =>
          `${RUST_WORLD}\n#[no_mangle]\npub extern "C" fn number() -> u32 {\n    ${body}\n}\n`;
        writeFileSync(join(path, 'src/lib.rs'), code('41'));
        const dev = startDev(path, [...GRANTS, '--call', 'number', '--every', '50']);
        await dev.until(/watching .* \(Rust\)/);
        await dev.until(/✓ acme\.crate 1\.0\.0 is ready\n/);
        await dev.until(/number = 41\n/);
        writeFileSync(join(path, 'src/lib.rs'), code('forty_two'));
        await dev.until(
          /✗ build failed; acme\.crate 1\.0\.0 goes on\n {4}.*"cargo" failed:\n.* cannot find value `forty_two` in this scope\n/s,
        );
        writeFileSync(join(path, 'src/lib.rs'), code('42'));
        await dev.until(/✓ reloaded 1\.0\.0 in .*, no state to carry/);
        await dev.until(/number = 42\n/);
        expect(await dev.stop()).toBe(0);
      },
    );
  });

  it('goes on when its folder is removed or renamed, and takes the folder up when it is back', async () => {
    const path = source('moved');
    cpSync(counter(1), join(path, 'plugin.wasm'));
    const dev = startDev(path, [...GRANTS, '--call', 'counting#add', '--args', '[1]', '--every', '50']);
    await dev.until(/counting#add = .*"version": 1/);
    cpSync(path, `${path}-copy`, { recursive: true });
    rmSync(path, { recursive: true });
    cpSync(`${path}-copy`, path, { recursive: true });
    await dev.until(/counting#add = .*"version": 1/);
    renameSync(path, `${path}-away`);
    await dev.until(/counting#add = .*"version": 1/);
    cpSync(counter(2), join(`${path}-away`, 'plugin.wasm'));
    renameSync(`${path}-away`, path);
    await dev.until(/counting#add = .*"version": 2/);
    expect(await dev.stop()).toBe(0);
  });

  it('ends at once when it is told to during a build, and says that it builds', async () => {
    const path = source('slow', { build: { command: 'node wait.mjs' } });
    writeFileSync(join(path, 'wait.mjs'), 'setInterval(() => {}, 1000);');
    const dev = startDev(path);
    await dev.until(/building \(the command of plugin\.json\)/);
    expect(await dev.stop()).toBe(0);
    expect(dev.text()).toMatch(/ended\n$/);
    expect(dev.text()).not.toContain('failed');
  });

  it('leaves it to the schema whether a setting is text', async () => {
    const properties = {
      version: { type: 'string' },
      size: { type: 'integer' },
      deep: { type: 'object', properties: { on: { type: 'boolean' } } },
    };
    const path = source('typed', { config: { schema: { type: 'object', properties } } });
    cpSync(counter(1), join(path, 'plugin.wasm'));
    const config = ['version=1.0', 'size=12', 'deep.on=true'].flatMap((each) => ['--config', each]);
    const dev = startDev(path, [...GRANTS, ...config]);
    await dev.until(/✓ acme\.typed 1\.0\.0 is ready\n/);
    expect(await dev.stop()).toBe(0);
    const wrong = startDev(path, [...GRANTS, '--config', 'size=many']);
    await wrong.until(/✗ start failed\n.*\$\.size is "many"/s);
    expect(await wrong.stop()).toBe(0);
  });

  it('refuses a grant that there is none of, before anything is built', () => {
    const { code, stderr } = runCli(['dev', source('granted'), '--grant', 'network']);
    expect(code).toBe(2);
    expect(stderr).toContain('Cannot use --grant "network": wanted one of');
  });

  it('runs a program, and each new version of it from the beginning', async () => {
    const path = source('program', { entry: 'words.wasm', world: 'wasi:cli/command' });
    const words = repoFile('test/guests/wasi/build/words.wasm');
    cpSync(words, join(path, 'words.wasm'));
    const dev = startDev(path, ['--', 'one', 'two']);
    await dev.until(/ {2}2 words for nobody\n {2}one\n {2}two\n/);
    await dev.until(/✓ acme\.program ended with exit code 0\n/);
    const bytes = readFileSync(words);
    writeFileSync(join(path, 'words.wasm'), Buffer.concat([bytes, Uint8Array.of(0, 2, 1, 0x61)]));
    await dev.until(/ {2}2 words for nobody\n/);
    await dev.until(/ended with exit code 0\n/);
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
