import { AudioError, Setup } from './bindings/audio-types';
import { Lane } from './bindings/realtime';
import { err, ok, Result } from './bindings/wit';
import { current } from './delay';
import { prepareDelay } from './prepare';

export function prepare(setup: Setup): Result<Lane, AudioError> {
  const error = prepareDelay(setup);
  if (error !== null) return err<Lane, AudioError>(error);
  const delay = current!;
  return ok<Lane, AudioError>(new Lane(addresses(delay.inputs), addresses(delay.outputs), setup.maxFrames));
}

export function processBlock(frames: u32): void {
  const delay = current;
  if (delay !== null) delay.process(<i32>min(frames, delay.setup.maxFrames));
}

/** Objects of AssemblyScript do not move. */
function addresses(buffers: StaticArray<f32>[]): StaticArray<u32> {
  const list = new StaticArray<u32>(buffers.length);
  for (let i = 0; i < buffers.length; i++) list[i] = <u32>changetype<usize>(buffers[i]);
  return list;
}
