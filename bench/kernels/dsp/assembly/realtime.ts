import { AudioError, Setup } from './bindings/audio-types';
import { Lane } from './bindings/realtime';
import { err, ok, Result } from './bindings/wit';
import { Kernel } from './kernel';

const MOST_CHANNELS: u32 = 8;

let kernels: Kernel[] = [];
let inputs: StaticArray<f32>[] = [];
let outputs: StaticArray<f32>[] = [];
let maxFrames: i32 = 0;

export function prepare(setup: Setup): Result<Lane, AudioError> {
  if (setup.channels > MOST_CHANNELS || setup.maxFrames > 65536) {
    return err<Lane, AudioError>(
      AudioError.unsupportedSetup('there must be at most 8 channels and 65536 frames'),
    );
  }
  kernels = [];
  inputs = [];
  outputs = [];
  maxFrames = setup.maxFrames;
  for (let i: u32 = 0; i < setup.channels; i++) {
    kernels.push(new Kernel(<f32>setup.sampleRateHz));
    inputs.push(new StaticArray<f32>(maxFrames));
    outputs.push(new StaticArray<f32>(maxFrames));
  }
  return ok<Lane, AudioError>(new Lane(addresses(inputs), addresses(outputs), maxFrames));
}

export function processBlock(frames: u32): void {
  const count = min(<i32>frames, maxFrames);
  for (let i = 0; i < kernels.length; i++) {
    unchecked(kernels[i]).process(unchecked(inputs[i]), unchecked(outputs[i]), count);
  }
}

/** The collector of AssemblyScript does not move objects. */
function addresses(buffers: StaticArray<f32>[]): StaticArray<u32> {
  const list = new StaticArray<u32>(buffers.length);
  for (let i = 0; i < buffers.length; i++) list[i] = <u32>changetype<usize>(buffers[i]);
  return list;
}
