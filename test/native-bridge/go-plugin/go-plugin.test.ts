import { execFile } from 'node:child_process';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { resolveLimits } from '@wasm-plugin/abi';
import { memoryFiles } from '@wasm-plugin/abi/package';
import { rpc, type InterfaceType } from '@wasm-plugin/native-bridge';
import { goPluginLink, type GoBroker, type GoPluginOptions } from '@wasm-plugin/native-bridge/go-plugin';
import { afterEach, describe, expect, it } from 'vitest';
import { temporaryFolder } from '../../cli/run-cli.js';
import { goProgram, goProgramOf, lacks, type GoProgram } from '../../support/go-program.js';

const VERSION = 'v1.8.0';
const MODULE = 'github.com/hashicorp/go-plugin';
const kv = goProgram(`${MODULE}/examples/grpc/plugin-go-grpc@${VERSION}`);
const counter = goProgram(`${MODULE}/examples/bidirectional/plugin-go-grpc@${VERSION}`);
const kvHost = goProgram(`${MODULE}/examples/grpc@${VERSION}`);
const counterHost = goProgram(`${MODULE}/examples/bidirectional@${VERSION}`);
const mtlsHost = goProgramOf(fixture('auto-mtls-host.go'), [
  `${MODULE}@${VERSION}`,
  `${MODULE}/examples/grpc/shared@${VERSION}`,
]);

const folder = temporaryFolder();
const closers: (() => unknown)[] = [];

afterEach(async () => {
  for (const close of closers.splice(0).toReversed()) await close();
});

function fixture(name: string): string {
  return fileURLToPath(new URL(`fixtures/${name}`, import.meta.url));
}

function pathOf(program: GoProgram): string {
  return 'path' in program ? program.path : '';
}

const STORE: InterfaceType = {
  get: { params: [['key', 'string']], result: { result: { ok: { list: 'u8' }, err: 'string' } } },
  put: {
    params: [
      ['key', 'string'],
      ['value', { list: 'u8' }],
    ],
    result: { result: { err: 'string' } },
  },
};

const BASIC: GoPluginOptions = {
  cookieKey: 'BASIC_PLUGIN',
  cookieValue: 'hello',
  types: { 'acme:kv/store': STORE },
  services: { 'acme:kv/store': 'proto.KV' },
};

type Functions = Record<string, (...args: unknown[]) => Promise<unknown>>;

/** Starts a plugin by the carrier. Its working folder is that of the test. */
async function instanceOf(command: string, options: GoPluginOptions = BASIC, limits = {}) {
  const script = join(folder, `start-${Math.random().toString(36).slice(2)}`);
  writeFileSync(script, `#!/bin/sh\nexec ${command}\n`, { mode: 0o755 });
  const carrier = rpc({ links: { 'go-plugin': goPluginLink(options) } });
  const source = {
    id: 'acme.plugin',
    version: '1.0.0',
    entry: `go-plugin:${script}`,
    files: memoryFiles({}),
  };
  const plugin = await carrier.load(source, { limits: resolveLimits(limits) });
  closers.push(() => plugin.close());
  let ended: () => void = () => undefined;
  const end = new Promise<void>((resolve) => (ended = resolve));
  const instance = await plugin.instantiate({ imports: {}, onEnd: ended });
  return { instance, end, exports: instance.exports as Record<string, Functions> };
}

const bytes = (text: string): Uint8Array => new TextEncoder().encode(text);
const NODE_PLUGIN = `${process.execPath} ${fixture('node-plugin.mjs')}`;

describe.skipIf(lacks(kv))('goPluginLink() with the key-value plugin of go-plugin', () => {
  it.each([
    ['with certificates of the connection', true],
    ['without', false],
  ])('calls it %s, and ends its process', async (_, autoMtls) => {
    let pid = 0;
    const { exports, instance } = await instanceOf(pathOf(kv), {
      ...BASIC,
      autoMtls,
      onStart: (id) => (pid = id),
    });
    await exports['store']?.['put']?.('greeting', bytes('hello'));
    const value = (await exports['store']?.['get']?.('greeting')) as Uint8Array;
    expect(new TextDecoder().decode(value)).toContain('hello');
    await expect(exports['store']?.['get']?.('nothing')).rejects.toMatchObject({
      code: 'WP_BRIDGE_IN_DOUBT',
    });
    await instance.close();
    expect(() => process.kill(pid, 0)).toThrow('ESRCH');
  });

  it('dies with its process, and says why', async () => {
    let pid = 0;
    const { instance, end, exports } = await instanceOf(pathOf(kv), {
      ...BASIC,
      onStart: (id) => (pid = id),
    });
    process.kill(pid, 'SIGKILL');
    await end;
    expect(instance.state).toBe('dead');
    await expect(exports['store']?.['get']?.('greeting')).rejects.toThrow('ended by SIGKILL');
  });

  it('refuses one that is not meant for this host', async () => {
    const wrong = { ...BASIC, cookieValue: 'other' };
    await expect(instanceOf(pathOf(kv), wrong)).rejects.toThrow(/exit code 1; it wrote/);
    await expect(instanceOf(pathOf(kv), { ...BASIC, protocolVersions: [7] })).rejects.toThrow(
      'this side speaks 7',
    );
  });
});

describe('goPluginLink() with other processes', () => {
  it.each([
    ['echo hello', 'its first line is "hello"'],
    ["echo '2|1|unix|/x|grpc'", 'of the version "2"'],
    ["echo '1|1|unix|/x'", 'it speaks "netrpc"'],
    ["echo '1|1|unix|/x|grpc'", 'it has no certificate'],
    ['true', 'exit code 0'],
    ['head -c 100000 /dev/zero', 'its line is too long'],
    ['sleep 60', 'no line came in 300 ms'],
  ])('refuses "%s"', async (command, reason) => {
    // The script replaces itself, so that the command is killed.
    await expect(instanceOf(command, { ...BASIC, startMs: 300 })).rejects.toThrow(reason);
  });

  it('hosts a plugin of Node.js, and hears what it writes', async () => {
    const heard: string[] = [];
    let hear: () => void = () => undefined;
    const first = new Promise<void>((resolve) => (hear = resolve));
    const { exports } = await instanceOf(NODE_PLUGIN, {
      ...BASIC,
      onOutput(line, stream) {
        heard.push(`${stream} ${line}`);
        hear();
      },
    });
    await exports['store']?.['put']?.('x', bytes('y'));
    await first;
    expect(heard).toEqual(['stdout put x']);
    expect(await exports['store']?.['get']?.('x')).toEqual(bytes('y'));
  });
});

describe.skipIf(lacks(counter))('goPluginLink() with the bidirectional plugin of go-plugin', () => {
  it.each([true, false])('serves it what it dials by the broker (certificates: %s)', async (autoMtls) => {
    let broker: GoBroker | undefined;
    const { exports } = await instanceOf(`sh -c 'cd ${folder} && exec ${pathOf(counter)}'`, {
      cookieKey: 'BASIC_PLUGIN',
      cookieValue: 'hello',
      autoMtls,
      onBroker: (opened) => (broker = opened),
      services: { 'acme:counter/counter': 'proto.Counter' },
      types: {
        'acme:counter/counter': {
          get: { params: [['key', 'string']], result: 's64' },
          put: {
            params: [
              ['add-server', 'u32'],
              ['key', 'string'],
              ['value', 's64'],
            ],
          },
        },
      },
    });
    const sums: bigint[] = [];
    const served = await broker!.serve({
      id: 'host',
      version: '1.0.0',
      services: { 'acme:counter/add-helper': 'proto.AddHelper' },
      types: {
        'acme:counter/add-helper': {
          sum: {
            params: [
              ['a', 's64'],
              ['b', 's64'],
            ],
            result: 's64',
          },
        },
      },
      exports: {
        'acme:counter/add-helper': {
          sum: (a: bigint, b: bigint) => {
            sums.push(a, b);
            return a + b;
          },
        },
      },
    });
    const key = `sum-${autoMtls}`;
    await exports['counter']?.['put']?.(served.id, key, -42n);
    expect(sums).toEqual([0n, -42n]);
    expect(await exports['counter']?.['get']?.(key)).toBe(-42n);
    await served.close();
  });
});

describe('serveGoPlugin()', () => {
  const run = promisify(execFile);

  it.skipIf(lacks(kvHost))('is hosted by Go', async () => {
    const env = { ...process.env, KV_PLUGIN: NODE_PLUGIN, KV_PROTO: 'grpc' };
    await run(pathOf(kvHost), ['put', 'greeting', 'hello'], { env, cwd: folder });
    // Each run of the host has a plugin of its own: the value is gone.
    const failed = await run(pathOf(kvHost), ['get', 'greeting'], { env }).catch(
      (error: { stdout: string }) => error,
    );
    expect(failed.stdout).toContain('there is no greeting');
  });

  it.skipIf(lacks(mtlsHost))('is hosted by Go with certificates, which hears its output', async () => {
    const { stdout } = await run(pathOf(mtlsHost), [], { env: { ...process.env, KV_PLUGIN: NODE_PLUGIN } });
    expect(stdout).toContain('value hello\n');
    expect(stdout).toContain('there is no nothing');
    expect(stdout).toContain('put greeting');
  });

  it.skipIf(lacks(counterHost))('dials what a host in Go serves by the broker', async () => {
    const env = { ...process.env, COUNTER_PLUGIN: `${NODE_PLUGIN} counter` };
    const { stdout } = await run(pathOf(counterHost), ['put', 'x', '2'], { env });
    expect(stdout).toBe('');
  });

  it('is not started by hand, nor by a host of another cookie', async () => {
    const { stderr } = await run(process.execPath, [fixture('node-plugin.mjs')]).catch(
      (error: { stderr: string }) => error,
    );
    expect(stderr).toContain('which a host starts');
  });
});
