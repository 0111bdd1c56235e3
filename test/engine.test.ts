import { readFileSync } from 'node:fs';
import { AbiError, AUDIO_EFFECT_WORLD, PLUGIN_WORLD } from '@wasm-plugin/abi';
import { createEngine, decodeWorld } from '@wasm-plugin/engine';
import { describe, expect, it } from 'vitest';

const COMPRESSOR = readFileSync(new URL('../plugins-rust/build/compressor.wasm', import.meta.url));
const TYPES = readFileSync(new URL('../plugins-rust/build/types.wasm', import.meta.url));

describe('createEngine({ world })', () => {
  it('loads a component that fits the world', async () => {
    const plugin = await createEngine({ world: AUDIO_EFFECT_WORLD }).load(COMPRESSOR);
    expect(plugin.size).toBe(COMPRESSOR.length);
  });

  it('loads a component that has more exports than the world wants', async () => {
    await createEngine({ world: decodeWorld(PLUGIN_WORLD) }).load(COMPRESSOR);
  });

  it('refuses a component that imports what the world does not declare', async () => {
    const loading = createEngine({ world: AUDIO_EFFECT_WORLD }).load(TYPES, { name: 'types' });
    const error = (await loading.catch((thrown: unknown) => thrown)) as AbiError;
    expect(error).toBeInstanceOf(AbiError);
    expect(error).toMatchObject({ code: 'WP_ABI_MISMATCH', plugin: 'types' });
    expect(error.message).toContain('import "wasm-plugin:types/host@0.1.0": the world does not declare it');
    expect(error.message).toContain(
      'export "wasm-plugin:abi/processor@0.1.0": the component does not have it',
    );
  });

  it('refuses bytes that are no encoded world', () => {
    expect(() => createEngine({ world: COMPRESSOR })).toThrow(AbiError);
  });
});

describe('Plugin.instantiate()', () => {
  it('refuses to start when the host does not give an import', async () => {
    const plugin = await createEngine().load(TYPES);
    expect(() => plugin.instantiate()).toThrow(
      expect.objectContaining({
        code: 'WP_IMPORT_MISSING',
        message: expect.stringContaining('wasm-plugin:types/host@0.1.0') as string,
      }) as Error,
    );
  });
});
