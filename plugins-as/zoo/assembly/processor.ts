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
import { current, LATENCY, MAX_CHANNELS, prepareEffect, want, wanted } from './effect';

const LEVEL: u32 = 1;

export function describe(): Descriptor {
  const ports = [
    new Port('main', Direction.Input, MAX_CHANNELS),
    new Port('main', Direction.Output, MAX_CHANNELS),
  ];
  const parameters = [new Parameter(LEVEL, 'Level', '', 0, 2, 1, [], ParameterFlags.Automatable)];
  return new Descriptor('Zoo', ports, parameters, LATENCY);
}

export function prepare(setup: Setup): Result<Unit, AudioError> {
  const error = prepareEffect(setup);
  return error === null ? done<AudioError>() : fail<AudioError>(error);
}

export function setParameter(id: u32, value: f64): Result<Unit, AudioError> {
  if (id != LEVEL) return fail<AudioError>(AudioError.unknownParameter(id));
  if (!(value >= 0 && value <= 2)) return fail<AudioError>(AudioError.invalidValue(value));
  want(<f32>value);
  return done<AudioError>();
}

export function getParameter(id: u32): Result<f64, AudioError> {
  if (id != LEVEL) return err<f64, AudioError>(AudioError.unknownParameter(id));
  return ok<f64, AudioError>(wanted);
}

export function reset(): void {
  const effect = current;
  if (effect !== null) effect.forget();
}

export function process(inputs: StaticArray<f32>[]): StaticArray<f32>[] {
  const effect = current;
  if (effect === null || inputs.length != effect.inputs.length) return [];
  const frames = inputs[0].length;
  if (frames > <i32>effect.setup.maxFrames) return [];
  for (let i = 1; i < inputs.length; i++) if (inputs[i].length != frames) return [];
  const bytes = (<usize>frames) << 2;
  for (let i = 0; i < inputs.length; i++) {
    memory.copy(changetype<usize>(effect.inputs[i]), changetype<usize>(inputs[i]), bytes);
  }
  effect.process(frames);
  for (let i = 0; i < inputs.length; i++) {
    memory.copy(changetype<usize>(inputs[i]), changetype<usize>(effect.outputs[i]), bytes);
  }
  return inputs;
}
