import type { RequestMessage } from './messages.js';
import { WorkletPlugin } from './worklet-plugin.js';

/** The part of an audio worklet's scope that this needs. */
declare const AudioWorkletProcessor: new () => { readonly port: MessagePort };
declare function registerProcessor(name: string, processor: unknown): void;

/** The name of the processor, for `AudioWorkletNode`. */
export const PROCESSOR = 'wasm-plugin';

registerProcessor(
  PROCESSOR,
  class extends AudioWorkletProcessor {
    readonly #plugin = new WorkletPlugin((message) => this.port.postMessage(message));

    constructor() {
      super();
      this.port.onmessage = ({ data }: MessageEvent<RequestMessage>) => void this.#plugin.answer(data);
    }

    process(inputs: Float32Array[][], outputs: Float32Array[][]): boolean {
      this.#plugin.process(inputs[0], outputs[0] as Float32Array[]);
      return this.#plugin.isOpen;
    }
  },
);
