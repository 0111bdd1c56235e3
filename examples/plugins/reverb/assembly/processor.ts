import {
  AudioError,
  Descriptor,
  Direction,
  Parameter,
  ParameterFlags,
  Port,
  Setup,
} from './bindings/audio-types';
import { done, err, fail, ok, Result, Unit } from './bindings/wit';
import { PART } from './convolver';
import { current, MAX_CHANNELS, mix, prepareReverb, setMix } from './reverb';

const MIX = 0;

export function describe(): Descriptor {
  const ports = [
    new Port('main', Direction.Input, MAX_CHANNELS),
    new Port('main', Direction.Output, MAX_CHANNELS),
  ];
  const parameters = [new Parameter(MIX, 'Mix', '', 0, 1, 0.3, [], ParameterFlags.Automatable)];
  return new Descriptor('Convolution reverb', ports, parameters, PART);
}

export function prepare(setup: Setup): Result<Unit, AudioError> {
  const error = prepareReverb(setup);
  return error === null ? success : fail<AudioError>(error);
}

export function setParameter(id: u32, value: f64): Result<Unit, AudioError> {
  if (id != MIX) return fail<AudioError>(AudioError.unknownParameter(id));
  if (!(value >= 0 && value <= 1)) return fail<AudioError>(AudioError.invalidValue(value));
  setMix(value);
  return success;
}

export function getParameter(id: u32): Result<f64, AudioError> {
  return id == MIX ? ok<f64, AudioError>(mix) : err<f64, AudioError>(AudioError.unknownParameter(id));
}

export function reset(): void {
  const reverb = current;
  if (reverb !== null) reverb.settle();
}

/** Processes a block of lists; of another shape than was prepared for, it returns none. */
export function process(blocks: StaticArray<f32>[]): StaticArray<f32>[] {
  const reverb = current;
  if (reverb === null || blocks.length != reverb.inputs.length) return [];
  const frames = blocks[0].length;
  for (let i = 0; i < blocks.length; i++) if (blocks[i].length != frames) return [];
  if (<u32>frames > reverb.setup.maxFrames) return [];
  const bytes = (<usize>frames) << 2;
  for (let i = 0; i < blocks.length; i++)
    memory.copy(changetype<usize>(reverb.inputs[i]), changetype<usize>(blocks[i]), bytes);
  reverb.process(frames);
  for (let i = 0; i < blocks.length; i++)
    memory.copy(changetype<usize>(blocks[i]), changetype<usize>(reverb.outputs[i]), bytes);
  return blocks;
}

/** A result that needs no memory: parameters are set between two blocks. */
const success = done<AudioError>();
