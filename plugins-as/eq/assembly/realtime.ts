import { AudioError, Setup } from './bindings/audio-types';
import { Lane } from './bindings/realtime';
import { err, ok, Result } from './bindings/wit';
import { current, prepareEqualizer } from './equalizer';

export function prepare(setup: Setup): Result<Lane, AudioError> {
  const error = prepareEqualizer(setup);
  if (error !== null) return err<Lane, AudioError>(error);
  const equalizer = current!;
  return ok<Lane, AudioError>(
    new Lane(addresses(equalizer.inputs), addresses(equalizer.outputs), setup.maxFrames),
  );
}

export function processBlock(frames: u32): void {
  const equalizer = current;
  if (equalizer !== null) equalizer.process(<i32>min(frames, equalizer.setup.maxFrames));
}

/** The collector of AssemblyScript does not move objects. */
function addresses(buffers: StaticArray<f32>[]): StaticArray<u32> {
  const list = new StaticArray<u32>(buffers.length);
  for (let i = 0; i < buffers.length; i++) list[i] = <u32>changetype<usize>(buffers[i]);
  return list;
}
