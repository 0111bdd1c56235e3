import type { ServedPlugin } from '@wasm-plugin/native-bridge';

const BLOCK = { list: { list: 'f32' } } as const;

/** A remote plugin that gives a block back, and that has a function which does nothing. */
export const ECHO_PLUGIN: ServedPlugin = {
  id: 'bench.echo',
  version: '1.0.0',
  types: {
    'bench:echo/echo': {
      block: { params: [['samples', BLOCK]], result: BLOCK },
      nothing: { params: [] },
    },
  },
  exports: { 'bench:echo/echo': { block: (samples: Float32Array[]) => samples, nothing: () => undefined } },
};
