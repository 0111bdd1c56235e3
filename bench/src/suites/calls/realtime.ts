import { createEngine } from '@wasm-plugin/engine';
import { coreModulesOf, decodeComponent } from '@wasm-plugin/engine/component';
import type { Use } from '../../harness/index.js';
import { readGuest } from '../guests.js';

/** Something that processes a block in the memory of the guest. */
export interface Lane {
  processBlock(frames: number): void;
}

export const FRAMES = 128;

/** One use of a lane. The number of frames varies, so that no compiler can assume it. */
export const useLane: Use<Lane> = (lane, index) => {
  lane.processBlock(127 + (index & 1));
  return 0;
};

interface Realtime extends Lane {
  prepare(setup: { sampleRateHz: number; maxFrames: number; channels: number }): unknown;
}

const NAME = 'wasm-plugin:abi/realtime@0.1.0';
const SETUP = { sampleRateHz: 48_000, maxFrames: FRAMES, channels: 2 };

/** The compressor's `realtime` interface through the engine, and the core function that it ends in. */
export async function loadLanes(): Promise<{ ours: Lane; composed: Lane; core: Lane }> {
  const bytes = readGuest('plugins-rust/build/compressor.wasm');
  const throughEngine = async (backend: 'generated' | 'composed'): Promise<Lane> => {
    const plugin = await createEngine({ backend, imports: HOST_IMPORTS }).load(bytes);
    const realtime = plugin.instantiate().exports[NAME] as Realtime;
    realtime.prepare(SETUP);
    return realtime;
  };
  return {
    ours: await throughEngine('generated'),
    composed: await throughEngine('composed'),
    core: coreLane(bytes),
  };
}

const HOST_IMPORTS = {
  'wasm-plugin:abi/log': { log: () => undefined },
  'wasm-plugin:abi/config': { get: () => undefined, keys: () => [] },
};

function coreLane(bytes: Uint8Array): Lane {
  const [definition] = coreModulesOf(decodeComponent(bytes));
  if (definition === undefined) throw new Error('Cannot measure: the compressor holds no core module');
  const module = new WebAssembly.Module(definition.bytes as Uint8Array<ArrayBuffer>);
  const imports: WebAssembly.Imports = {};
  for (const { module: from, name } of WebAssembly.Module.imports(module)) {
    (imports[from] ??= {})[name] = () => 0;
  }
  const { exports } = new WebAssembly.Instance(module, imports);
  const prepare = exports[`${NAME}#prepare`] as (rate: number, frames: number, channels: number) => number;
  prepare(SETUP.sampleRateHz, SETUP.maxFrames, SETUP.channels);
  return { processBlock: exports[`${NAME}#process-block`] as Lane['processBlock'] };
}
