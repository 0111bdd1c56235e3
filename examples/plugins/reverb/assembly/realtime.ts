import { AudioError, Setup } from './bindings/audio-types';
import { Lane } from './bindings/realtime';
import { err, ok, Result } from './bindings/wit';
import { current, prepareReverb } from './reverb';

export function prepare(setup: Setup): Result<Lane, AudioError> {
  const error = prepareReverb(setup);
  if (error !== null) return err<Lane, AudioError>(error);
  const reverb = current!;
  return ok<Lane, AudioError>(new Lane(addresses(reverb.inputs), addresses(reverb.outputs), setup.maxFrames));
}

export function processBlock(frames: u32): void {
  const reverb = current;
  if (reverb !== null) reverb.process(<i32>min(frames, reverb.setup.maxFrames));
}

/** Objects of AssemblyScript do not move. */
function addresses(buffers: StaticArray<f32>[]): StaticArray<u32> {
  const list = new StaticArray<u32>(buffers.length);
  for (let i = 0; i < buffers.length; i++) list[i] = <u32>changetype<usize>(buffers[i]);
  return list;
}
