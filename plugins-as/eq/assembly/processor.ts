import { AudioError, Descriptor, Direction, Port, Setup } from './bindings/audio-types';
import { err, ok, Result, Unit, done, fail } from './bindings/wit';
import { current, MAX_CHANNELS, prepareEqualizer } from './equalizer';
import { placeOfId, set, TABLE, values } from './parameters';

export function describe(): Descriptor {
  const ports = [
    new Port('main', Direction.Input, MAX_CHANNELS),
    new Port('main', Direction.Output, MAX_CHANNELS),
  ];
  return new Descriptor('Parametric equalizer', ports, TABLE, 0);
}

export function prepare(setup: Setup): Result<Unit, AudioError> {
  return outcome(prepareEqualizer(setup));
}

export function setParameter(id: u32, value: f64): Result<Unit, AudioError> {
  return outcome(set(id, value));
}

export function getParameter(id: u32): Result<f64, AudioError> {
  const place = placeOfId(id);
  if (place < 0) return err<f64, AudioError>(AudioError.unknownParameter(id));
  return ok<f64, AudioError>(values[place]);
}

export function reset(): void {
  const equalizer = current;
  if (equalizer !== null) equalizer.settle();
}

export function process(inputs: StaticArray<f32>[]): StaticArray<f32>[] {
  const equalizer = current;
  if (equalizer === null || inputs.length != equalizer.inputs.length) return [];
  const frames = inputs[0].length;
  if (frames > <i32>equalizer.setup.maxFrames) return [];
  for (let i = 1; i < inputs.length; i++) if (inputs[i].length != frames) return [];
  const bytes = (<usize>frames) << 2;
  for (let i = 0; i < inputs.length; i++) {
    memory.copy(changetype<usize>(equalizer.inputs[i]), changetype<usize>(inputs[i]), bytes);
  }
  equalizer.process(frames);
  // The lists that came in are of the right size, and nobody else has them.
  for (let i = 0; i < inputs.length; i++) {
    memory.copy(changetype<usize>(inputs[i]), changetype<usize>(equalizer.outputs[i]), bytes);
  }
  return inputs;
}

const success = done<AudioError>();

/** A result that needs no memory in the good case: parameters are set between two blocks. */
function outcome(error: AudioError | null): Result<Unit, AudioError> {
  return error === null ? success : fail<AudioError>(error);
}
