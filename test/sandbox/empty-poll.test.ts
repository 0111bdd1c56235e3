import { createSandbox } from '@wasm-plugin/engine/sandbox';
import { expect, it } from 'vitest';

it.each([{}, { wallMs: 300 }])('a poll of nothing is a trap of the guest, with the limits %j', (limits) => {
  const { imports } = createSandbox({ plugin: 'p', permissions: ['clock'], grants: ['clock'], limits });
  const { poll } = imports['wasi:io/poll@0.2.0'] as { poll: (sources: readonly unknown[]) => Uint32Array };
  expect(() => poll([])).toThrow(
    expect.objectContaining({ code: 'WP_TRAP_HOST', message: expect.stringContaining('is empty') }),
  );
});
