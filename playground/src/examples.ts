import delay from '../../examples/plugins/delay/plugin.wasm?url';
import greeter from '../../examples/plugins/greeter-rust/plugin.wasm?url';
import reverb from '../../examples/plugins/reverb/plugin.wasm?url';
import tokenizer from '../../examples/plugins/tokenizer/plugin.wasm?url';
import loop from '../../examples/hostile/plugins/endless-loop/plugin.wasm?url';
import bomb from '../../examples/hostile/plugins/memory-bomb/plugin.wasm?url';
import equalizer from '../../plugins-as/build/eq.wasm?url';
import compressor from '../../plugins-rust/build/compressor.wasm?url';
import types from '../../plugins-rust/build/types.wasm?url';

/** Plugins of the repository, as they are built there: address by name. */
export const EXAMPLES: Readonly<Record<string, string>> = {
  equalizer,
  reverb,
  delay,
  compressor,
  greeter,
  types,
  tokenizer,
  'endless loop': loop,
  'memory bomb': bomb,
};
