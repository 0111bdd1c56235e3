import { execFileSync } from 'node:child_process';
import { cpSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { createPluginHost, type NodePluginHost } from '@wasm-plugin/engine/host';
import { PluginReloads, Supervisor } from '#internals';
import { rpc } from '@wasm-plugin/native-bridge';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { projectFolder } from '../../wast/index.js';

/** Plugins of `native-bridge/examples`, written against PROTOCOL.md in other languages. */
const EXAMPLES = fileURLToPath(new URL('native-bridge/examples', projectFolder()));

const folders: string[] = [];
const closers: (() => unknown)[] = [];

afterEach(async () => {
  for (const close of closers.splice(0).toReversed()) await close();
  for (const folder of folders.splice(0)) rmSync(folder, { recursive: true });
});

function makeFolder(): string {
  const folder = mkdtempSync(join(tmpdir(), 'rpc-example-'));
  folders.push(folder);
  return folder;
}

function hasCommand(command: string, ...args: string[]): boolean {
  try {
    execFileSync(command, args, { stdio: 'ignore' });
    return true;
  } catch {
    return false;
  }
}

/** Loads an example with a folder of files as its setting. */
async function load(path: string, id: string, files: Record<string, string | Uint8Array>) {
  const folder = makeFolder();
  for (const [name, content] of Object.entries(files)) writeFileSync(join(folder, name), content);
  const env = { PATH: process.env['PATH'] ?? '', HOME: process.env['HOME'] ?? '' };
  const pids: number[] = [];
  const host: NodePluginHost = createPluginHost({
    carriers: [rpc({ start: { env, onStart: (pid) => pids.push(pid) } })],
    grants: ['config', 'log'],
  });
  closers.push(() => host.close());
  const logged: string[] = [];
  host.on('log', ({ message }) => logged.push(message));
  await host.addFrom(path);
  const plugin = await host.load(id, { config: { folder } });
  return { host, plugin, folder, logged, pids };
}

/** Saves the state of a plugin, kills its process, and returns after the new start, with the restored state. */
async function killAndRestart(host: NodePluginHost, id: string, pids: readonly number[]): Promise<string> {
  const reloads = new PluginReloads(host);
  const restarted = new Promise<string>((resolve, reject) => {
    const supervisor = new Supervisor(host, reloads, {
      backoff: { firstMs: 1 },
      onEvent: (event) => {
        if (event.kind === 'restarted') resolve(event.state);
        if (event.kind === 'restart-failed' || event.kind === 'quarantined') reject(event.error as Error);
      },
    });
    closers.push(() => supervisor.close());
    supervisor.watch(id);
  });
  await reloads.save(id);
  process.kill(pids.at(-1) as number, 'SIGKILL');
  return await restarted;
}

type Functions = Record<string, (...args: unknown[]) => Promise<unknown>>;

const python = hasCommand('python3', '--version');
const go = hasCommand('go', 'version');

describe.skipIf(!python)(`the Python plugin${python ? '' : ': there is no command "python3"'}`, () => {
  const path = join(EXAMPLES, 'lyrics-python');
  const SONG = { artist: 'Zoë/Löwe', title: 'Grüße 🎧' };
  const FILES = {
    'Zoë_Löwe - Grüße 🎧.lrc': '[ti:Grüße]\n[00:12.50][01:02.5]Hallo 🎧\n[00:01]Erste\n',
    'Nick - Plain.txt': 'la la la',
    'Nick - Broken.txt': Uint8Array.of(255, 254),
  };

  it('finds lyrics, with the settings and the log of the host', async () => {
    const { host, plugin, folder, logged } = await load(path, 'acme.lyrics', FILES);
    const { source, lifecycle } = plugin.exports as unknown as { source: Functions; lifecycle: Functions };
    expect(logged).toEqual([`3 files in ${folder}`]);
    expect(await source['find']?.(SONG)).toEqual({
      tag: 'timed',
      val: [
        { atMs: 1000, text: 'Erste' },
        { atMs: 12_500, text: 'Hallo 🎧' },
        { atMs: 62_500, text: 'Hallo 🎧' },
      ],
    });
    const find = (title: string): unknown => source['find']?.({ artist: 'Nick', title });
    expect(await find('Plain')).toEqual({ tag: 'plain', val: 'la la la' });
    await expect(find('Nothing')).rejects.toMatchObject({ code: 'WP_GUEST', payload: { tag: 'not-found' } });
    await expect(find('Broken')).rejects.toMatchObject({ payload: { tag: 'unreadable' } });
    expect(logged.at(-1)).toContain('Cannot read Nick - Broken.txt');
    expect(await source['found']?.()).toBe(2n);
    await expect(host.configure('acme.lyrics', { folder: '/nowhere' })).rejects.toMatchObject({
      code: 'WP_CONFIG',
    });
    expect(await find('Plain')).toEqual({ tag: 'plain', val: 'la la la' });
    await lifecycle['health']?.();
  });

  it('goes on with its state after its process was killed', async () => {
    const { host, plugin, pids } = await load(path, 'acme.lyrics', FILES);
    const source = plugin.exports['source'] as Functions;
    await source['setOffset']?.(SONG, -2000);
    await source['find']?.(SONG);
    expect(await killAndRestart(host, 'acme.lyrics', pids)).toBe('last-good');
    expect(pids).toHaveLength(2);
    const again = plugin.exports['source'] as Functions;
    expect(await again['found']?.()).toBe(1n);
    expect(await again['find']?.(SONG)).toMatchObject({
      val: [{ atMs: 0 }, { atMs: 10_500 }, { atMs: 60_500 }],
    });
  });
});

/** Makes a WAV file of 16 bits. */
function wav(samples: Int16Array, channels: number): Uint8Array {
  const bytes = new Uint8Array(44 + samples.byteLength);
  const view = new DataView(bytes.buffer);
  const text = (at: number, word: string): void => bytes.set(Buffer.from(word), at);
  text(0, 'RIFF');
  view.setUint32(4, bytes.length - 8, true);
  text(8, 'WAVEfmt ');
  view.setUint32(16, 16, true);
  view.setUint16(20, 1, true);
  view.setUint16(22, channels, true);
  view.setUint32(24, 44_100, true);
  view.setUint32(28, 44_100 * 2 * channels, true);
  view.setUint16(32, 2 * channels, true);
  view.setUint16(34, 16, true);
  text(36, 'data');
  view.setUint32(40, samples.byteLength, true);
  bytes.set(new Uint8Array(samples.buffer), 44);
  return bytes;
}

describe.skipIf(!go)(`the Go plugin${go ? '' : ': there is no command "go"'}`, () => {
  let path = '';
  const built = mkdtempSync(join(tmpdir(), 'rpc-go-'));

  beforeAll(() => {
    path = join(built, 'music');
    mkdirSync(path);
    cpSync(join(EXAMPLES, 'music-go'), path, { recursive: true });
    execFileSync('go', ['build', '-o', 'music', '.'], {
      cwd: path,
      env: { ...process.env, GOTOOLCHAIN: 'local', GOFLAGS: '-mod=mod', CGO_ENABLED: '0' },
    });
  }, 600_000);

  afterAll(() => rmSync(built, { recursive: true, force: true }));

  const SAMPLES = Int16Array.from({ length: 1_500_000 }, (_, index) => index);
  const FILES = { 'Größe 🎧.wav': wav(SAMPLES, 2), 'b.wav': wav(Int16Array.of(1, 2, 3), 1), 'c.wav': 'RIFF' };

  it('lists and reads tracks, several frames long, with the log of the host', async () => {
    const { plugin, folder, logged } = await load(path, 'acme.music', FILES);
    const source = plugin.exports['source'] as Functions;
    expect(logged).toEqual([`3 tracks in ${folder}`]);
    expect(await source['search']?.('GRÖ', 10)).toEqual([
      {
        id: 'Größe 🎧.wav',
        title: 'Größe 🎧',
        format: { sampleRateHz: 44_100, channels: 2, bits: 16 },
        frames: 750_000n,
        plays: 0,
      },
    ]);
    expect(await source['search']?.('', 1)).toHaveLength(1);
    expect(await source['search']?.('', 9)).toHaveLength(2);
    expect(logged.at(-1)).toContain('Cannot read c.wav');
    const bytes = (await source['read']?.('Größe 🎧.wav', 0n, 10_000_000)) as Uint8Array;
    expect(Buffer.compare(bytes, new Uint8Array(SAMPLES.buffer))).toBe(0);
    expect(await source['read']?.('b.wav', 2n, 2)).toEqual(Uint8Array.of(2, 0));
    for (const id of ['../b.wav', 'none.wav', 'c.wav'])
      await expect(source['read']?.(id, 0n, 1), id).rejects.toMatchObject({ code: 'WP_GUEST' });
  });

  it('answers many calls at once, and goes on with its state after its process was killed', async () => {
    const { host, plugin, pids } = await load(path, 'acme.music', FILES);
    const source = plugin.exports['source'] as Functions;
    await Promise.all(Array.from({ length: 500 }, () => source['played']?.('b.wav')));
    expect(await killAndRestart(host, 'acme.music', pids)).toBe('last-good');
    const again = plugin.exports['source'] as Functions;
    expect(await again['search']?.('b', 9)).toMatchObject([{ id: 'b.wav', plays: 500 }]);
  });
});
