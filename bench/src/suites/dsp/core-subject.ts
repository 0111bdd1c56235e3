import { coreModulesOf, decodeComponent } from '@wasm-plugin/engine/component';
import type { Setup, Subject } from './subject.js';

const REALTIME = 'wasm-plugin:abi/realtime@0.1.0#';

interface Exports {
  memory: WebAssembly.Memory;
  [`wasm-plugin:abi/realtime@0.1.0#prepare`](rate: number, frames: number, channels: number): number;
  [`wasm-plugin:abi/realtime@0.1.0#process-block`](frames: number): void;
  'process-blocks'(frames: number, blocks: number): void;
}

/** Instantiates the core module of a kernel by hand: no engine, no limits, the raw export. */
export function coreSubject(component: Uint8Array, { sampleRateHz, maxFrames, channels }: Setup): Subject {
  const [definition] = coreModulesOf(decodeComponent(component));
  if (definition === undefined) throw new Error('Cannot measure: the kernel holds no core module');
  const module = new WebAssembly.Module(definition.bytes as Uint8Array<ArrayBuffer>);
  const exports = new WebAssembly.Instance(module, {}).exports as unknown as Exports;
  const lane = exports[`${REALTIME}prepare`](sampleRateHz, maxFrames, channels);
  const { buffer } = exports.memory;
  // The record lies behind the case of the result: address and number of the inputs, then of the outputs.
  const [, , inputs = 0, , outputs = 0] = new Uint32Array(buffer, lane, 6);
  const views = (list: number): Float32Array[] =>
    Array.from(
      new Uint32Array(buffer, list, channels),
      (address) => new Float32Array(buffer, address, maxFrames),
    );
  return {
    inputs: views(inputs),
    outputs: views(outputs),
    process: exports[`${REALTIME}process-block`],
    processBlocks: exports['process-blocks'],
  };
}
