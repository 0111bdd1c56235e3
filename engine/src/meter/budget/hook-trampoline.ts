import { ByteWriter } from '../../binary/index.js';
import { HOOK_PARAMS, HOOK_RESULTS } from '../append/index.js';

/** Answers a metered instance: question, armed calls, and two numbers that depend on the question; see `ASK`. */
export type Hook = (question: number, calls: number, first: number, second: number) => number;

let compiled: WebAssembly.Module | undefined;

/** A module that imports the hook and exports it again, as only a function of wasm may stand in a table. */
function trampoline(): WebAssembly.Module {
  if (compiled !== undefined) return compiled;
  const writer = new ByteWriter(64);
  writer.copyFrom(new Uint8Array([0x00, 0x61, 0x73, 0x6d, 0x01, 0x00, 0x00, 0x00]));
  const type = [1, 0x60, HOOK_PARAMS.length, ...HOOK_PARAMS, HOOK_RESULTS.length, ...HOOK_RESULTS];
  writer.byte(1);
  writer.sized(new Uint8Array(type));
  writer.byte(2);
  writer.sized(new Uint8Array([1, 0, 1, 0x68, 0, 0]));
  writer.byte(7);
  writer.sized(new Uint8Array([1, 1, 0x68, 0, 0]));
  compiled = new WebAssembly.Module(writer.copy());
  return compiled;
}

/** Wraps a hook so that it fits into a table. The hook must not throw: a guest could catch that. */
export function tableFunctionOf(hook: Hook): unknown {
  return new WebAssembly.Instance(trampoline(), { '': { h: hook } }).exports['h'];
}
