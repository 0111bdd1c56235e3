import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { beforeAll, describe, expect, it } from 'vitest';
import { callCli, repoFile, temporaryFolder, type CliResult } from './run-cli.js';
import { inheritedNames, smallComponent, strangeComponent } from './small-component.js';

const COMPRESSOR = repoFile('plugins-rust/build/compressor.wasm');
const EQ = repoFile('plugins-as/build/eq.wasm');
const folder = temporaryFolder();
const SMALL = join(folder, 'small.wasm');
const STRANGE = join(folder, 'strange.wasm');
const INHERITED = join(folder, 'inherited.wasm');

beforeAll(async () => {
  writeFileSync(SMALL, await smallComponent());
  writeFileSync(STRANGE, await strangeComponent());
  writeFileSync(INHERITED, await inheritedNames());
});

function call(file: string, name: string, args?: string, ...more: string[]): Promise<CliResult> {
  return callCli(['run', file, '--export', name, ...(args === undefined ? [] : ['--args', args]), ...more]);
}

async function threshold(...more: string[]): Promise<string> {
  return (await call(COMPRESSOR, 'processor#get-parameter', '[0]', ...more)).stdout;
}

describe('wasm-plugin run', () => {
  it.each([
    ['add', '[1, 2]', '3'],
    ['add', '{ "right": 2, "left": 1 }', '3'],
    ['add', '["9007199254740993", 0]', '"9007199254740993"'],
    ['half', '[0.2]', '0.1'],
    ['half', '["NaN"]', '"NaN"'],
    ['half', '["-Infinity"]', '"-Infinity"'],
    ['echo-bytes', '[[1, 2, 255]]', '[1, 2, 255]'],
    ['echo-bytes', '[{ "base64": "AAEC" }]', '[0, 1, 2]'],
    ['echo-bytes', '[{ "text": "hé" }]', '[104, 195, 169]'],
    ['echo-text', '["hé \\u0000"]', '"hé \\u0000"'],
  ])('%s with %s prints %s', async (name, args, result) => {
    expect(await call(SMALL, name, args)).toEqual({ code: 0, stdout: `${result}\n`, stderr: '' });
  });

  it('reads arguments from a file', async () => {
    const path = join(folder, 'args.json');
    writeFileSync(path, '[40, 2]');
    expect((await call(SMALL, 'add', `@${path}`)).stdout).toBe('42\n');
  });

  it('finds an interface without its package and version', async () => {
    const names = [
      'processor#describe',
      'wasm-plugin:abi/processor#describe',
      'wasm-plugin:abi/processor@0.1.0#describe',
    ];
    const results: CliResult[] = [];
    for (const name of names) results.push(await call(COMPRESSOR, name));
    expect(new Set(results.map(({ stdout }) => stdout)).size).toBe(1);
    expect(JSON.parse(results[0]?.stdout ?? '')).toMatchObject({ name: 'Compressor', latencyFrames: 0 });
  });

  it('takes records by the names of WIT and of JavaScript', async () => {
    const args = '[{ "sample-rate-hz": 48000, "maxFrames": 64, "channels": 1 }]';
    expect(JSON.parse((await call(EQ, 'realtime#prepare', args)).stdout)).toMatchObject({ maxFrames: 64 });
  });

  it('gives the settings to init', async () => {
    expect(await threshold('--config', 'threshold=-30')).toBe('-30\n');
    expect(await threshold('--config', 'threshold=-30', '--no-init')).toBe('-18\n');
  });

  it('shows log lines from the level that is asked for', async () => {
    expect((await call(COMPRESSOR, 'state#schema')).stderr).toBe('');
    expect((await call(COMPRESSOR, 'state#schema', '[]', '--log-level', 'debug')).stderr).toContain(
      'compressor is ready',
    );
  });

  it('reads no member that every object inherits, and keeps the sign of a zero', async () => {
    expect(await call(INHERITED, 'bits', '[{}]')).toEqual({ code: 0, stdout: '0\n', stderr: '' });
    expect((await call(INHERITED, 'bits', '[["value-of"]]')).stdout).toBe('2\n');
    expect(await call(INHERITED, 'has', '[{}]')).toEqual({ code: 0, stdout: '0\n', stderr: '' });
    expect((await call(INHERITED, 'zero')).stdout).toBe('-0\n');
    expect((await call(INHERITED, 'zero', '[]', '--json')).stdout).toBe('{"result":-0}\n');
    expect((await call(SMALL, 'half', '["toString"]')).code).toBe(2);
  });

  it('shows no control character of a guest, in no form', async () => {
    const text = JSON.stringify('a\u009b2J\u202eb\u200f\u001b[2J');
    const shown = '"a\\u009b2J\\u202eb\\u200f\\u001b[2J"';
    expect((await call(SMALL, 'echo-text', `[${text}]`)).stdout).toBe(`${shown}\n`);
    expect((await call(SMALL, 'echo-text', `[${text}]`, '--json')).stdout).toBe(`{"result":${shown}}\n`);
  });

  it('prints one JSON object with --json', async () => {
    expect((await call(SMALL, 'add', '[1, 2]', '--json')).stdout).toBe('{"result":3}\n');
    const failed = await call(COMPRESSOR, 'processor#get-parameter', '[99]', '--json');
    expect(failed.code).toBe(1);
    expect(JSON.parse(failed.stdout)).toMatchObject({
      error: { code: 'WP_GUEST', payload: { tag: 'unknown-parameter', val: 99 } },
    });
  });
});

describe('wasm-plugin run explains', () => {
  it.each([
    ['text that is no JSON', 'add', '[1', 'it is no valid JSON'],
    ['no array', 'add', '3', 'wanted a JSON array of arguments'],
    ['too few arguments', 'add', '[1]', 'it holds 1 argument, the function takes 2 (left, right)'],
    ['too many arguments', 'boom', '[1]', 'it holds 1 argument, the function takes 0'],
    ['an unknown parameter', 'add', '{ "lef": 1, "right": 2 }', 'the key "lef", which is no parameter'],
    ['a wrong type', 'add', '[1, true]', 'Cannot use argument "right": it is true, wanted u64'],
    ['a negative number', 'add', '[-1, 2]', 'Cannot use argument "left": it is -1, wanted u64'],
    ['a number that lost digits', 'add', '[9007199254740993, 2]', 'write it as a string'],
    ['a wrong list item', 'echo-bytes', '[[1, 256]]', 'Cannot use argument "x"[1]: it is 256, wanted u8'],
    ['a wrong float', 'half', '["loud"]', 'Cannot use argument "x": it is "loud", wanted f32'],
    ['bytes in another form', 'echo-bytes', '["AAEC"]', 'wanted list<u8>: an array of numbers, { "base64"'],
  ])('%s', async (_, name, args, reason) => {
    const { code, stdout, stderr } = await call(SMALL, name, args);
    expect({ code, stdout }).toEqual({ code: 2, stdout: '' });
    expect(stderr).toContain('error: Cannot use ');
    expect(stderr).toContain(reason);
    expect(stderr).not.toMatch(/^\s+at /m);
  });

  it('a record that does not fit', async () => {
    const missing = await call(COMPRESSOR, 'realtime#prepare', '[{ "sampleRateHz": 48000, "channels": 2 }]');
    expect(missing.stderr).toContain('Cannot use argument "setup".maxFrames: it is missing, wanted u32');
    const unknown = await call(COMPRESSOR, 'realtime#prepare', '[{ "sampleRateHz": 48000, "chanels": 2 }]');
    expect(unknown.stderr).toContain(
      'a key of argument "setup": it is "chanels", wanted one of "sampleRateHz"',
    );
  });

  it('an unknown export, with the nearest names', async () => {
    const { code, stderr } = await call(COMPRESSOR, 'procesor#describ');
    expect(code).toBe(2);
    expect(stderr).toContain('hint: Did you mean "wasm-plugin:abi/processor@0.1.0#describe"?');
    expect((await call(COMPRESSOR, 'describe')).stderr).toContain(
      'Did you mean "wasm-plugin:abi/processor@0.1.0#describe"?',
    );
    expect((await call(SMALL, 'multiply')).stderr).toContain('It exports "add", "half"');
  });

  it('an interface in place of a function', async () => {
    expect((await call(COMPRESSOR, 'wasm-plugin:abi/state@0.1.0')).stderr).toContain(
      'it is an interface, not a function\n hint: It exports "wasm-plugin:abi/state@0.1.0#schema"',
    );
  });

  it('a missing --export, with all names', async () => {
    const { code, stderr } = await callCli(['run', SMALL]);
    expect(code).toBe(2);
    expect(stderr).toContain('no --export says which function\n hint: It exports\n  add\n  half\n');
  });

  it('a trap', async () => {
    const { code, stdout, stderr } = await call(SMALL, 'boom');
    expect({ code, stdout }).toEqual({ code: 1, stdout: '' });
    expect(stderr).toMatch(/^error: Cannot .*unreachable/);
    expect(stderr).not.toMatch(/^\s+at /m);
  });

  it('imports that it does not give', async () => {
    const { code, stderr } = await call(STRANGE, 'run');
    expect(code).toBe(1);
    expect(stderr).toContain('it imports "acme:cloud/store@1.0.0" (get), which "wasm-plugin run" does not');
    expect(stderr).toContain('the interfaces of WASI 0.2, each behind --grant');
  });

  it('settings that the plugin refuses', async () => {
    const { code, stderr } = await call(COMPRESSOR, 'state#schema', '[]', '--config', 'threshold=loud');
    expect(code).toBe(1);
    expect(stderr).toContain('the plugin says: threshold must be a number, it is "loud"');
    expect((await call(COMPRESSOR, 'state#schema', '[]', '--config', 'threshold')).code).toBe(2);
  });
});
