import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parse } from '@bytecodealliance/jco-transpile/wasm-tools';
import { PluginError, resolveLimits } from '@wasm-plugin/abi';
import { parseManifest } from '@wasm-plugin/abi/manifest';
import { createEngine } from '@wasm-plugin/engine';
import { meterModule } from '@wasm-plugin/engine/meter';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { runCli } from '../cli/run-cli.js';

const I32S = (count: number): string => Array.from({ length: count }, () => 'i32').join(' ');
const tagOf = (values: number): string =>
  `(module (tag (param ${I32S(values)})) (func (export "f") (result i32) (i32.const 7)))`;

/** Modules that allocate in the engine's heap, and the words of their refusal. */
const REFUSED: Readonly<Record<string, { wat: string; says: string }>> = {
  structs: { wat: '(module (type (struct (field i32))))', says: 'types of structs' },
  arrays: { wat: '(module (rec (type (func)) (type (array (mut i8)))))', says: 'types of arrays' },
  'large exceptions': { wat: tagOf(33), says: 'exceptions of 132 bytes' },
  'large imported exceptions': {
    wat: `(module (import "" "e" (tag (param ${I32S(40)}))))`,
    says: 'exceptions of 160 bytes',
  },
  'exceptions of vectors': {
    wat: `(module (tag (param ${'v128 '.repeat(9)})))`,
    says: 'exceptions of 144 bytes',
  },
  'exceptions that hold exceptions': {
    wat: '(module (tag (param i32 exnref)))',
    says: 'exceptions that hold exceptions',
  },
  'exceptions that hold exceptions, by a type in full': {
    wat: '(module (tag (param (ref exn))))',
    says: 'exceptions that hold exceptions',
  },
  'imported exceptions that hold exceptions': {
    wat: '(module (import "" "e" (tag (param (ref null noexn)))))',
    says: 'exceptions that hold exceptions',
  },
  'tables of exceptions': { wat: '(module (table 1 exnref))', says: 'a table that holds exceptions' },
  'globals of exceptions': {
    wat: '(module (global (mut exnref) (ref.null exn)))',
    says: 'a global that holds exceptions',
  },
};

const guest = (values: number): string => `
(component
  (core module $m ${tagOf(values).replace(/^\(module|\)$/g, '')})
  (core instance $i (instantiate $m))
  (func (export "f") (result s32) (canon lift (core func $i "f"))))`;

const assemble = async (wat: string): Promise<Uint8Array<ArrayBuffer>> => new Uint8Array(await parse(wat));

function runs(wat: Uint8Array<ArrayBuffer>): boolean {
  return WebAssembly.validate(wat);
}

describe('unboundedHeap', () => {
  const folder = mkdtempSync(join(tmpdir(), 'wasm-plugin-heap-'));
  const file = join(folder, 'guest.wasm');
  let large: Uint8Array;

  beforeAll(async () => {
    large = await assemble(guest(33));
    writeFileSync(file, large);
  });
  afterAll(() => rmSync(folder, { recursive: true }));

  it.each(Object.keys(REFUSED))('lets %s in only where it is set', async (name) => {
    const { wat, says } = REFUSED[name] as { wat: string; says: string };
    const bytes = await assemble(wat);
    if (!runs(bytes)) {
      expect(() => meterModule(bytes)).toThrow(
        expect.objectContaining({ code: expect.stringMatching(/^WP_MODULE_(INVALID|UNSUPPORTED)$/) }),
      );
      return;
    }
    expect(() => meterModule(bytes)).toThrow(says);
    expect(() => meterModule(bytes)).toThrow(expect.objectContaining({ code: 'WP_MODULE_UNSUPPORTED' }));
    expect(meterModule(bytes, { unboundedHeap: true }).bytes.length).toBeGreaterThan(0);
  });

  it('is not needed for exceptions of up to 128 bytes', async () => {
    const plugin = await createEngine().load(await assemble(guest(32)));
    expect((plugin.instantiate().exports['f'] as () => number)()).toBe(7);
  });

  it.each([{}, { fuel: 1000 }])('holds for a component with the limits %j', async (limits) => {
    await expect(createEngine({ limits }).load(large)).rejects.toThrow('set unboundedHeap to let it in');
    const plugin = await createEngine({ limits: { ...limits, unboundedHeap: true } }).load(large);
    expect((plugin.instantiate().exports['f'] as () => number)()).toBe(7);
  });

  it('is the choice of the host: neither a load nor a manifest can make it', async () => {
    const { limits } = parseManifest({
      id: 'acme.guest',
      name: 'guest',
      version: '1.0.0',
      world: 'acme:guest/guest',
      entry: 'guest.wasm',
      limits: { unboundedHeap: true },
    });
    const refused = expect.objectContaining({ code: 'WP_LIMITS' });
    await expect(createEngine().load(large, { limits: limits ?? {} })).rejects.toThrow(refused);
    expect(() => resolveLimits(limits, { lowerOnly: true, source: 'plugin.json/limits' })).toThrow(
      'plugin.json/limits.unboundedHeap: the host has it false, and that may not be undone',
    );
    const open = createEngine({ limits: { unboundedHeap: true } });
    await expect(open.load(large, { limits: { unboundedHeap: false } })).rejects.toThrow('unboundedHeap');
    const plugin = await open.load(large);
    expect(() => plugin.instantiate({ limits: { unboundedHeap: false } })).toThrow(PluginError);
  });

  it('is an option of the command line', () => {
    const refused = runCli(['run', file, '--export', 'f', '--json']);
    expect(refused.stdout).toContain('exceptions of 132 bytes');
    expect(
      JSON.parse(runCli(['run', file, '--export', 'f', '--json', '--unbounded-heap']).stdout),
    ).toMatchObject({
      result: 7,
    });
  });
});
