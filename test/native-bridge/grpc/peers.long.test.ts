import { execFile, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdirSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { resolveLimits } from '@wasm-plugin/abi';
import { memoryFiles } from '@wasm-plugin/abi/package';
import { rpc, type ServedPlugin } from '@wasm-plugin/native-bridge';
import { grpcLink, protoFiles, serveGrpc } from '@wasm-plugin/native-bridge/grpc';
import { afterAll, describe, expect, it } from 'vitest';
import { temporaryFolder } from '../../cli/run-cli.js';
import { goProgramOf, lacks } from '../../support/go-program.js';
import { pythonPackages } from '../../support/python-packages.js';
import { ECHO, VALUES } from '../rpc/echo-types.js';

const camel = (name: string): string => name.replace(/-(\w)/g, (_, letter: string) => letter.toUpperCase());
const pascal = (name: string): string => camel(`-${name}`);
const fixture = (name: string): string => fileURLToPath(new URL(`fixtures/${name}`, import.meta.url));

/** A peer in another language, with the command that starts it. */
interface Peer {
  readonly name: string;
  readonly missing: boolean;
  readonly command: readonly string[];
  readonly env?: NodeJS.ProcessEnv;
}

function peers(): Peer[] {
  const python = pythonPackages(['grpcio==1.76.0', 'grpcio-tools==1.76.0']);
  const go = goProgramOf(fixture('peer.go'), [
    'google.golang.org/grpc@v1.61.0',
    'google.golang.org/protobuf@v1.36.6',
    'github.com/bufbuild/protocompile@v0.14.1',
  ]);
  return [
    {
      name: 'grpcio in Python',
      missing: lacks(python),
      command: ['python3', fixture('peer.py')],
      env: { PYTHONPATH: 'path' in python ? python.path : '', PYTHONDONTWRITEBYTECODE: '1' },
    },
    {
      name: 'google.golang.org/grpc in Go',
      missing: lacks(go),
      command: ['path' in go ? go.path : ''],
    },
  ];
}

const closers: (() => unknown)[] = [];
const folder = temporaryFolder();
for (const [path, text] of Object.entries(
  protoFiles({ id: 'test.echo', types: { 'test:echo/all': ECHO } }).files,
)) {
  mkdirSync(dirname(join(folder, path)), { recursive: true });
  writeFileSync(join(folder, path), text);
}

/** A plugin that gives each value back. */
function echoPlugin(): ServedPlugin {
  const functions = Object.fromEntries(VALUES.map(([name]) => [camel(name), (value: unknown) => value]));
  const fails = {
    fail(reason: string): never {
      throw Object.assign(new Error('refused'), { payload: reason });
    },
    throw(): never {
      throw new Error('a bug');
    },
    wait: (): Promise<never> => new Promise(() => undefined),
  };
  return {
    id: 'test.echo',
    version: '1.0.0',
    types: { 'test:echo/all': ECHO },
    exports: { 'test:echo/all': { ...functions, ...fails } },
  };
}

describe.each(peers())('$name', ({ missing, command: [program = '', ...args], env }) => {
  afterAll(async () => {
    for (const close of closers.splice(0).toReversed()) await close();
  });
  const options = { env: { ...process.env, ...env } };

  it.skipIf(missing)('calls a plugin with every type, and hears of errors by their status', async () => {
    const server = await serveGrpc('grpc://127.0.0.1:0', echoPlugin());
    closers.push(() => server.close());
    const address = server.address.replace('grpc://', '');
    const { stdout } = await promisify(execFile)(program, [...args, 'client', folder, address], options);
    expect(JSON.parse(stdout)).toEqual({
      echoed: VALUES.map(([name]) => pascal(name)),
      different: {},
      fail: { err: 'no' },
      statuses: {
        'u8 of 256': 'INVALID_ARGUMENT',
        'enum of 0': 'INVALID_ARGUMENT',
        throw: 'INTERNAL',
        wait: 'DEADLINE_EXCEEDED',
      },
    });
  });

  it.skipIf(missing)('serves a plugin, which a host calls with every type', async () => {
    const child = spawn(program, [...args, 'server', folder], {
      stdio: ['pipe', 'pipe', 'inherit'],
      ...options,
    });
    closers.push(async () => {
      child.stdin.end();
      await once(child, 'exit');
    });
    const [line] = (await once(child.stdout, 'data')) as [Buffer];
    const carrier = rpc({ links: { grpc: grpcLink({ types: { 'test:echo/all': ECHO } }) } });
    const entry = `grpc://${String(line).trim()}`;
    const source = { id: 'test.echo', version: '1.0.0', entry, files: memoryFiles({}) };
    const plugin = await carrier.load(source, { limits: resolveLimits({}) });
    closers.push(() => plugin.close());
    const { exports } = await plugin.instantiate({ imports: {} });
    const echo = exports['all'] as Record<string, (value: unknown) => Promise<unknown>>;
    for (const [name, , ...values] of VALUES)
      for (const value of values) expect(await echo[camel(name)]?.(value), name).toEqual(value);
    await expect(echo['fail']?.('no')).rejects.toMatchObject({ code: 'WP_GUEST', payload: 'no' });
  });
});
