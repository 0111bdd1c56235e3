import { parse } from '@bytecodealliance/jco-transpile/wasm-tools';
import { createEngine } from '@wasm-plugin/engine';
import { afterEach, describe, expect, it } from 'vitest';

const { Instance } = WebAssembly;
afterEach(() => void (WebAssembly.Instance = Instance));

describe("a core module that is too large for a page's main thread", () => {
  it.each([{}, { fuel: 1e6 }])('is no trap of the guest, and says what to do: %j', async (limits) => {
    const text = '(component (core module $m (func (export "f") (nop))) (core instance (instantiate $m)))';
    const plugin = await createEngine({ limits }).load(await parse(text));
    // As Chromium does it.
    WebAssembly.Instance = function refuse(): never {
      throw new RangeError(
        'WebAssembly.Instance is disallowed on the main thread, if the buffer size is larger than 8MB.',
      );
    } as unknown as typeof WebAssembly.Instance;
    expect(() => plugin.instantiate()).toThrow(
      expect.objectContaining({
        code: 'WP_LINK',
        message:
          'Cannot link a core module: it is too large for the main thread of a page; load the plugin in a worker',
      }),
    );
  });
});
