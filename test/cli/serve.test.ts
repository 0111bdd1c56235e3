import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { copyFileSync, mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { memoryFiles } from '@wasm-plugin/abi/package';
import { createPluginHost } from '@wasm-plugin/engine/host';
import { listen, rpc, type RpcOptions } from '@wasm-plugin/native-bridge';
import { afterEach, describe, expect, it } from 'vitest';
import { BIN, callCli, plainEnvironment, repoFile, temporaryFolder } from './run-cli.js';

const folder = temporaryFolder();
const closers: (() => unknown)[] = [];
const SECRET = 'a secret of 16 bytes or more';
const GRANTS = ['log', 'config'];

afterEach(async () => {
  for (const close of closers.splice(0).toReversed()) await close();
});

const MANIFEST = {
  id: 'acme.compressor',
  name: 'Compressor',
  version: '1.0.0',
  world: 'wasm-plugin:abi/audio-effect@0.1.0',
  entry: 'plugin.wasm',
  interfaces: ['wasm-plugin:abi/processor@0.1.0'],
  permissions: [
    { capability: 'log', reason: 'It says what it does.' },
    { capability: 'config', reason: 'It is set up by the user.' },
  ],
  config: { schema: { type: 'object', properties: { threshold: { type: 'number' } } } },
  state: { schema: 1 },
};

function pluginFolder(name: string): string {
  const path = join(folder, name);
  mkdirSync(path);
  writeFileSync(join(path, 'plugin.json'), JSON.stringify(MANIFEST));
  copyFileSync(repoFile('plugins-rust/build/compressor.wasm'), join(path, 'plugin.wasm'));
  return path;
}

/** Starts `wasm-plugin serve` and ends it after the test. */
function start(args: readonly string[], env: NodeJS.ProcessEnv = {}): ChildProcess {
  const child = spawn(process.execPath, [BIN, 'serve', ...args], {
    stdio: ['ignore', 'inherit', 'pipe'],
    env: { ...plainEnvironment(), ...env },
  });
  closers.push(async () => {
    if (child.exitCode !== null) return;
    child.kill('SIGTERM');
    await once(child, 'exit');
  });
  return child;
}

/** Settles with where a child says that it waits for hosts. */
function addressOf(child: ChildProcess): Promise<string> {
  return new Promise((resolve, reject) => {
    let text = '';
    child.stderr?.on('data', (bytes) => {
      text += String(bytes);
      const [, address] = / at (\S+)\n/.exec(text) ?? [];
      if (address !== undefined) resolve(address);
    });
    child.once('exit', () => reject(new Error(`it ended: ${text}`)));
  });
}

type Functions = Record<string, (...args: unknown[]) => Promise<unknown>>;

async function hostAt(entry: string, options: RpcOptions = {}) {
  const host = createPluginHost({ carriers: [rpc(options)], grants: GRANTS });
  closers.push(() => host.close());
  const remote = { ...MANIFEST, carrier: 'rpc', entry };
  await host.add(memoryFiles({ 'plugin.json': JSON.stringify(remote) }));
  const plugin = await host.load(MANIFEST.id, { config: { threshold: -30 } });
  return { host, exports: plugin.exports as Record<string, Functions> };
}

describe('wasm-plugin serve', () => {
  it('lets two hosts call a component over a Unix socket, each an instance of its own', async () => {
    const child = start([pluginFolder('unix'), '--unix', join(folder, 'socket')]);
    const address = await addressOf(child);
    expect(address).toBe(`unix:${join(folder, 'socket')}`);
    const one = await hostAt(address);
    const two = await hostAt(address);
    const { processor, state } = one.exports;
    expect(await processor?.['describe']?.()).toMatchObject({ name: 'Compressor' });
    expect(await processor?.['getParameter']?.(0)).toBe(-30);
    await processor?.['setParameter']?.(0, -12);
    expect(await processor?.['getParameter']?.(0)).toBe(-12);
    expect(await two.exports['processor']?.['getParameter']?.(0)).toBe(-30);
    await processor?.['prepare']?.({ sampleRateHz: 48_000, maxFrames: 64, channels: 1 });
    const blocks = await processor?.['process']?.([new Float32Array(64).fill(0.5)]);
    expect(blocks).toEqual([expect.any(Float32Array)]);
    await expect(processor?.['setParameter']?.(999, 0)).rejects.toMatchObject({
      code: 'WP_GUEST',
      payload: { tag: 'unknown-parameter', val: 999 },
    });
    const saved = (await state?.['serialize']?.()) as Uint8Array;
    await two.exports['state']?.['restore']?.(saved, 1, '1.0.0');
    expect(await two.exports['processor']?.['getParameter']?.(0)).toBe(-12);
  });

  it('serves the hosts alone that know the secret', async () => {
    const child = start([pluginFolder('tcp'), '--tcp', '0'], { WASM_PLUGIN_SECRET: SECRET });
    const address = await addressOf(child);
    const { exports } = await hostAt(address, { secret: SECRET });
    expect(await exports['processor']?.['getParameter']?.(0)).toBe(-30);
    await expect(hostAt(address)).rejects.toThrowError('it has no token');
  });

  it('speaks on the standard streams of a process that a host starts', async () => {
    const path = pluginFolder('stdio');
    const script = join(path, 'serve.sh');
    writeFileSync(script, `#!/bin/sh\nexec "$NODE" "$BIN" serve "$PLUGIN" --stdio\n`, { mode: 0o755 });
    const started = join(folder, 'started');
    mkdirSync(started);
    writeFileSync(
      join(started, 'plugin.json'),
      JSON.stringify({ ...MANIFEST, carrier: 'rpc', entry: 'serve.sh' }),
    );
    copyFileSync(script, join(started, 'serve.sh'));
    const env = { PATH: process.env['PATH'] ?? '', NODE: process.execPath, BIN, PLUGIN: path };
    const host = createPluginHost({ carriers: [rpc({ start: { env } })], grants: GRANTS });
    closers.push(() => host.close());
    await host.addFrom(started);
    const plugin = await host.load(MANIFEST.id, { config: { threshold: -20 } });
    expect(await (plugin.exports['processor'] as Functions)['getParameter']?.(0)).toBe(-20);
  });

  it('connects to a host that listens', async () => {
    const listener = await listen('tcp:127.0.0.1:0', { secrets: { [MANIFEST.id]: SECRET } });
    const host = createPluginHost({ carriers: [rpc({ listener })], grants: GRANTS });
    closers.push(() => host.close());
    start([pluginFolder('connect'), '--connect', listener.address], { WASM_PLUGIN_SECRET: SECRET });
    const name = await new Promise<string>((resolve, reject) =>
      listener.onPlugin((files) => host.add(files).then((plugin) => resolve(plugin.name), reject)),
    );
    const plugin = await host.load(name, { config: { threshold: -10 } });
    expect(await (plugin.exports['processor'] as Functions)['getParameter']?.(0)).toBe(-10);
  });

  it.each([
    [[], 'say one of --stdio, --unix, --tcp, --tls, --ws, --grpc, --go-plugin, --nats, --connect', 2],
    [['--stdio', '--tcp', '1'], 'say one of', 2],
    [['--tls', '0.0.0.0:0'], '"tls.cert" and "tls.key" are missing', 1],
  ])('refuses %j', async (args, reason, code) => {
    const result = await callCli(['serve', join(folder, 'unix'), ...args]);
    expect(result.stderr).toContain(reason);
    expect(result.code).toBe(code);
  });
});
