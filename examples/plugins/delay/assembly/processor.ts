import { AudioError, Descriptor, Direction, Port, Setup } from './bindings/audio-types';
import { done, err, fail, ok, Result, Unit } from './bindings/wit';
import { current } from './delay';
import { COUNT, TABLE, takes, values } from './parameters';
import { MAX_CHANNELS, prepareDelay } from './prepare';

export function describe(): Descriptor {
  const ports = [
    new Port('main', Direction.Input, MAX_CHANNELS),
    new Port('main', Direction.Output, MAX_CHANNELS),
  ];
  return new Descriptor('Tempo-synced delay', ports, TABLE, 0);
}

export function prepare(setup: Setup): Result<Unit, AudioError> {
  const error = prepareDelay(setup);
  return error === null ? success : fail<AudioError>(error);
}

/** Needs no memory in the good case, as it is called between two blocks. The delay glides there. */
export function setParameter(id: u32, value: f64): Result<Unit, AudioError> {
  if (id >= <u32>COUNT) return fail<AudioError>(AudioError.unknownParameter(id));
  if (!takes(id, value)) return fail<AudioError>(AudioError.invalidValue(value));
  values[id] = value;
  return success;
}

export function getParameter(id: u32): Result<f64, AudioError> {
  if (id >= <u32>COUNT) return err<f64, AudioError>(AudioError.unknownParameter(id));
  return ok<f64, AudioError>(values[id]);
}

export function reset(): void {
  const delay = current;
  if (delay !== null) delay.settle();
}

/** Processes a block of lists; of another shape than was prepared for, it returns none. */
export function process(blocks: StaticArray<f32>[]): StaticArray<f32>[] {
  const delay = current;
  if (delay === null || blocks.length != delay.inputs.length) return [];
  const frames = blocks[0].length;
  for (let i = 0; i < blocks.length; i++) if (blocks[i].length != frames) return [];
  if (<u32>frames > delay.setup.maxFrames) return [];
  const bytes = (<usize>frames) << 2;
  for (let i = 0; i < blocks.length; i++)
    memory.copy(changetype<usize>(delay.inputs[i]), changetype<usize>(blocks[i]), bytes);
  delay.process(frames);
  for (let i = 0; i < blocks.length; i++)
    memory.copy(changetype<usize>(blocks[i]), changetype<usize>(delay.outputs[i]), bytes);
  return blocks;
}

const success = done<AudioError>();
