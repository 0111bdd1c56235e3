import { AudioError, Setup } from './bindings/audio-types';
import { Lane } from './bindings/realtime';
import { err, ok, Result } from './bindings/wit';
import { current, prepareEffect } from './effect';

export function prepare(setup: Setup): Result<Lane, AudioError> {
  const error = prepareEffect(setup);
  if (error !== null) return err<Lane, AudioError>(error);
  const effect = current!;
  return ok<Lane, AudioError>(new Lane(addresses(effect.inputs), addresses(effect.outputs), setup.maxFrames));
}

export function processBlock(frames: u32): void {
  const effect = current;
  if (effect !== null) effect.process(<i32>min(frames, effect.setup.maxFrames));
}

/** The collector of AssemblyScript does not move objects. */
function addresses(buffers: StaticArray<f32>[]): StaticArray<u32> {
  const list = new StaticArray<u32>(buffers.length);
  for (let i = 0; i < buffers.length; i++) list[i] = <u32>changetype<usize>(buffers[i]);
  return list;
}
