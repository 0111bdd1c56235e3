import { parse } from '@bytecodealliance/jco-transpile/wasm-tools';
import { PluginError } from '@wasm-plugin/abi';
import { createEngine } from '@wasm-plugin/engine';
import type { Attack } from '../attack.js';

const LOOP = `(component
  (core module $m (func (export "run") (loop $l (br $l))))
  (core instance $i (instantiate $m))
  (func (export "run") (canon lift (core func $i "run"))))`;

export const attacks: Attack[] = [
  {
    name: 'an empty loop',
    folder: 'slices',
    limitMs: 200,
    memoryBytes: 2 ** 20,
    async prepare() {
      const plugin = await createEngine({ limits: { timeMs: 200 } }).load(await parse(LOOP));
      const run = plugin.instantiate().exports['run'] as () => void;
      return () => {
        try {
          run();
        } catch (error) {
          if (PluginError.is(error) && error.code === 'WP_QUOTA_TIME') return;
          throw error;
        }
        throw new Error('the loop ended');
      };
    },
  },
];
