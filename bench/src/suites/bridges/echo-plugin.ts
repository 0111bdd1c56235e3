import type { ServedPlugin } from '@wasm-plugin/native-bridge';

const BLOCK = { list: { list: 'f32' } } as const;

/** Calls of `hold` that wait for `release`. */
const held: (() => void)[] = [];

/** A remote plugin that gives a block back, has a function which does nothing, and holds calls. */
export const ECHO_PLUGIN: ServedPlugin = {
  id: 'bench.echo',
  version: '1.0.0',
  types: {
    'bench:echo/echo': {
      block: { params: [['samples', BLOCK]], result: BLOCK },
      nothing: { params: [] },
      hold: { params: [['samples', BLOCK]], result: BLOCK },
      release: { params: [], result: 'u32' },
    },
  },
  exports: {
    'bench:echo/echo': {
      block: (samples: Float32Array[]) => samples,
      nothing: () => undefined,
      hold: (samples: Float32Array[]) =>
        new Promise<Float32Array[]>((resolve) => held.push(() => resolve(samples))),
      release() {
        const count = held.length;
        for (const answer of held.splice(0)) answer();
        return count;
      },
    },
  },
};
