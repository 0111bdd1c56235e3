import { JAVASCRIPT_KERNELS } from './javascript/index.js';
import type { Setup, Subject } from './subject.js';

/** Prepares a kernel in plain JavaScript. */
export function javascriptSubject(name: string, { sampleRateHz, maxFrames, channels }: Setup): Subject {
  const create = JAVASCRIPT_KERNELS[name];
  if (create === undefined) throw new RangeError(`Cannot measure "${name}": it is not written in JavaScript`);
  const kernels = Array.from({ length: channels }, () => create(sampleRateHz));
  const inputs = kernels.map(() => new Float32Array(maxFrames));
  const outputs = kernels.map(() => new Float32Array(maxFrames));
  return {
    inputs,
    outputs,
    process(frames) {
      for (let at = 0; at < channels; at++) {
        kernels[at]?.process(inputs[at] as Float32Array, outputs[at] as Float32Array, frames);
      }
    },
  };
}
