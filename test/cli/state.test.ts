import { mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { createFileStore, type SavedState } from '@wasm-plugin/engine/reload';
import { beforeAll, describe, expect, it } from 'vitest';
import { callCli, temporaryFolder } from './run-cli.js';

const folder = temporaryFolder();
const store = join(folder, 'store');
const file = join(folder, 'out/counter.state');

function state(plugin: string, payload: Uint8Array | string): SavedState {
  return {
    plugin,
    version: '1.2.0',
    schema: 3,
    abi: '0.1.0',
    savedAt: Date.UTC(2026, 0, 2),
    payload: typeof payload === 'string' ? new TextEncoder().encode(payload) : payload,
  };
}

beforeAll(async () => {
  const states = createFileStore(store);
  await states.save(state('acme.counter', '{"count":1}'));
  await states.save(state('acme.counter', '{"count":2,"name":"\\u001b[2Jx"}'));
  await states.save(
    state(
      'acme.binary',
      Uint8Array.from({ length: 100 }, (_, index) => index),
    ),
  );
  await states.save(state('acme.text', 'hello\nworld'));
});

describe('wasm-plugin state', () => {
  it('shows the newest state of a store', async () => {
    const { code, stdout, stderr } = await callCli(['state', 'show', 'acme.counter', '--store', store]);
    expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
    expect(stdout).toMatch(
      /^plugin +acme\.counter\nversion +1\.2\.0\nschema +3\nabi +0\.1\.0\nsaved +2026-01-02/,
    );
    expect(stdout).toMatch(/^length +\d+ B\nsha256 +[0-9a-f]{64}$/m);
    expect(stdout).toContain('{ "count": 2, "name": "\\u001b[2Jx" }');
  });

  it('shows text as text, and the rest as hex', async () => {
    expect((await callCli(['state', 'show', 'acme.text', '-s', store])).stdout).toMatch(
      /\n\nhello\nworld\n$/,
    );
    const { stdout } = await callCli(['state', 'show', 'acme.binary', '-s', store]);
    expect(stdout).toContain('0000  00 01 02 03 04 05 06 07 08 09 0a 0b 0c 0d 0e 0f\n0010  10 11');
    expect(stdout).toMatch(/\n…\n$/);
  });

  it('exports a state that import puts into another store', async () => {
    const exported = await callCli(['state', 'export', 'acme.counter', '--store', store, '-o', file]);
    expect(exported).toMatchObject({ code: 0, stderr: '' });
    expect(exported.stdout).toBe(
      `${file}: state of acme.counter 1.2.0, schema 3, 31 B, saved 2026-01-02T00:00:00.000Z\n`,
    );
    const other = join(folder, 'other');
    expect(await callCli(['state', 'import', file, '--store', other])).toMatchObject({ code: 0, stderr: '' });
    const shown = async (args: string[]): Promise<unknown> =>
      JSON.parse((await callCli(['state', 'show', ...args, '--json'])).stdout);
    expect(await shown(['acme.counter', '--store', other])).toEqual(await shown([file]));
    expect(await shown([file])).toMatchObject({
      plugin: 'acme.counter',
      schema: 3,
      lengthBytes: 31,
      sha256: expect.stringMatching(/^[0-9a-f]{64}$/) as string,
      preview: { kind: 'json', value: { count: 2 } },
    });
  });

  it('passes over a torn state of a store, and says so', async () => {
    const torn = join(folder, 'torn');
    const states = createFileStore(torn);
    for (const text of ['first', 'second']) await states.save(state('acme.text', text));
    const shelf = join(torn, 'acme.text');
    const newest = join(shelf, readdirSync(shelf).sort().at(-1) as string);
    writeFileSync(newest, readFileSync(newest).subarray(0, 40));
    const { code, stdout, stderr } = await callCli(['state', 'show', 'acme.text', '--store', torn]);
    expect(code).toBe(0);
    expect(stdout).toMatch(/\n\nfirst\n$/);
    expect(stderr).toMatch(/^passed over: Cannot read ".*": it is torn/);
  });
});

describe('wasm-plugin state refuses', () => {
  it('a plugin without a state, a missing file, what is no state, and what was changed', async () => {
    const nobody = await callCli(['state', 'show', 'acme.nobody', '--store', store]);
    expect(nobody.code).toBe(1);
    expect(nobody.stderr).toMatch(/^error: Cannot load the state of "acme\.nobody": ".*" has no whole state/);
    expect((await callCli(['state', 'show', join(folder, 'no')])).stderr).toContain('there is no such file');
    mkdirSync(join(folder, 'in'), { recursive: true });
    const other = join(folder, 'in/other');
    writeFileSync(other, 'hello');
    expect((await callCli(['state', 'import', other, '--store', store])).stderr).toContain(
      'does not begin with "WPST"',
    );
    const bytes = readFileSync(file);
    bytes[bytes.length - 1] = (bytes.at(-1) as number) ^ 1;
    writeFileSync(other, bytes);
    const changed = await callCli(['state', 'import', other, '--store', store, '--json']);
    expect(changed.code).toBe(1);
    expect(JSON.parse(changed.stdout)).toMatchObject({
      error: { code: 'WP_STATE', message: expect.stringContaining('its checksum is wrong') as string },
    });
  });
});
