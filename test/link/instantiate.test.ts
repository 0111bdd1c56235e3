import { ModuleError } from '@wasm-plugin/abi';
import { createEngine } from '@wasm-plugin/engine';
import { parse } from '@bytecodealliance/jco-transpile/wasm-tools';
import { describe, expect, it } from 'vitest';

/** Each level makes two instances of the one below. */
function doubling(levels: number): string {
  let text = '(component $c0 (core module $m) (core instance (instantiate $m)))';
  for (let level = 1; level <= levels; level++) {
    const below = `$c${level - 1}`;
    text = `(component $c${level} ${text} (instance (instantiate ${below})) (instance (instantiate ${below})))`;
  }
  return `(component ${text} (instance (instantiate $c${levels})))`;
}

describe('instantiate()', () => {
  it('makes nested instances', async () => {
    const plugin = await createEngine().load(await parse(doubling(5)));
    expect(plugin.instantiate().state).toBe('ready');
  });

  it('refuses a small file whose instances multiply', async () => {
    const plugin = await createEngine().load(await parse(doubling(30)));
    let refused: unknown;
    try {
      plugin.instantiate();
    } catch (error) {
      refused = error;
    }
    expect(refused).toBeInstanceOf(ModuleError);
    expect(refused).toMatchObject({ code: 'WP_MODULE_LIMIT' });
  });
});
