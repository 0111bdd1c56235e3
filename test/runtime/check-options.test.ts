import { readFileSync } from 'node:fs';
import * as abi from '@wasm-plugin/abi';
import { parse } from '@bytecodealliance/jco-transpile/wasm-tools';
import * as engineDoor from '@wasm-plugin/engine';
import { createEngine } from '@wasm-plugin/engine';
import { describe, expect, it } from 'vitest';

const FILE = new URL('../../plugins-rust/build/types.wasm', import.meta.url);

async function refusal(run: () => unknown): Promise<string> {
  try {
    await run();
  } catch (error) {
    if (error instanceof TypeError) return error.message;
    throw error;
  }
  throw new Error('nothing was thrown');
}

describe('createEngine()', () => {
  it.each([
    [{ import: {} }, 'there is no option "import"; is "imports" meant?'],
    [{ limit: {} }, 'there is no option "limit"; is "limits" meant?'],
    [{ plugins: [] }, 'there is no option "plugins"; wanted one of "world", "imports", '],
  ])('refuses %j', async (options, reason) => {
    for (const isolation of ['none', 'worker'] as const) {
      const message = await refusal(() => createEngine({ isolation, ...(options as object) } as object));
      expect(message).toMatch(/^Cannot create an engine/);
      expect(message).toContain(reason);
    }
  });
});

describe('Engine.load()', () => {
  const load = (given: unknown, options?: object): Promise<unknown> =>
    createEngine().load(given as Uint8Array, options);

  it.each([
    ['plugin.wasm', 'got the text "plugin.wasm"; read the file first: await readFile(…)'],
    [FILE, 'got a URL; read the file first: await readFile(…)'],
    [Promise.resolve(new Uint8Array()), 'got a Promise; await it'],
    [new ArrayBuffer(8), 'got an ArrayBuffer; give new Uint8Array(…) of it'],
    [new Response(''), 'got a Response; give new Uint8Array(await response.arrayBuffer())'],
    [undefined, 'got undefined'],
  ])('says what to do with what is no Uint8Array: %s', async (given, reason) => {
    expect(await refusal(() => load(given))).toContain(reason);
    const isolated = createEngine({ isolation: 'worker' });
    expect(await refusal(() => isolated.load(given as unknown as Uint8Array))).toContain(reason);
  });

  it('takes a Buffer, and refuses an option that there is none of', async () => {
    expect(await load(readFileSync(FILE))).toMatchObject({ limits: {} });
    expect(await refusal(() => load(readFileSync(FILE), { names: 'x' }))).toBe(
      'Cannot load the plugin: there is no option "names"; is "name" meant?',
    );
  });
});

describe('Plugin.instantiate()', () => {
  it('refuses an option that there is none of', async () => {
    const plugin = await createEngine().load(await parse('(component)'));
    const message = await refusal(() => plugin.instantiate({ import: {} } as object));
    expect(message).toBe('Cannot instantiate the plugin: there is no option "import"; is "imports" meant?');
  });
});

describe('the engine', () => {
  it('exports every error class', () => {
    const classes = Object.entries(abi).filter(([name]) => name.endsWith('Error'));
    expect(classes.length).toBeGreaterThan(10);
    for (const [name, errorClass] of classes) expect(engineDoor).toHaveProperty(name, errorClass);
  });
});
