import koffi from 'koffi';
import type { Setup, Subject } from './subject.js';

const BYTES_PER_SAMPLE = 4;
const BYTES_PER_POINTER = 8;

/** Opens a native kernel: two pointers and a number cross the boundary, nothing is copied. */
export function nativeSubject(library: string, { sampleRateHz, maxFrames, channels }: Setup): Subject {
  const loaded = koffi.load(library);
  const bind = (prototype: string): ((...args: unknown[]) => unknown) =>
    loaded.func(prototype) as unknown as (...args: unknown[]) => unknown;
  const create = bind('void *kernel_create(float sample_rate, uint32_t channels)');
  const process = bind('void kernel_process(void *effect, void *in, void *out, uint32_t frames)');
  const processBlocks = bind(
    'void kernel_process_blocks(void *effect, void *in, void *out, uint32_t frames, uint32_t blocks)',
  );
  const effect = create(sampleRateHz, channels);
  const inputs = buffers(maxFrames, channels);
  const outputs = buffers(maxFrames, channels);
  return {
    inputs: inputs.views,
    outputs: outputs.views,
    process: (frames) => void process(effect, inputs.list, outputs.list, frames),
    processBlocks: (frames, blocks) => void processBlocks(effect, inputs.list, outputs.list, frames, blocks),
  };
}

/** Memory outside of JavaScript: a buffer a channel, and the list of their addresses. Held as long as the process. */
function buffers(maxFrames: number, channels: number): { views: Float32Array[]; list: unknown } {
  const bytes = maxFrames * BYTES_PER_SAMPLE;
  const memory = Array.from({ length: channels }, () => koffi.alloc('uint8_t', bytes) as unknown);
  const list = koffi.alloc('uint8_t', channels * BYTES_PER_POINTER) as unknown;
  new BigUint64Array(koffi.view(list, channels * BYTES_PER_POINTER)).set(
    memory.map((each) => koffi.address(each)),
  );
  return { views: memory.map((each) => new Float32Array(koffi.view(each, bytes))), list };
}
