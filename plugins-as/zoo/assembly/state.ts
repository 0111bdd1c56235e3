/**
 * The saved state, numbers of 32 bits: the wanted level, channels (0 if not prepared), the present level, the place in the
 * delay, and for each channel the filter's state and the delayed frames.
 */
import { done, fail, ok, Result, Unit } from './bindings/wit';
import { current, LATENCY, want, wanted } from './effect';

const SCHEMA = 1;
const HEADER = 4;

export function schema(): u32 {
  return SCHEMA;
}

export function serialize(): Result<StaticArray<u8>, string> {
  const effect = current;
  const channels = effect === null ? 0 : <i32>effect.setup.channels;
  const bytes = new StaticArray<u8>((HEADER + channels * (1 + LATENCY)) * 4);
  let at = changetype<usize>(bytes);
  store<f32>(at, wanted);
  store<u32>(at, channels, 4);
  if (effect === null) return ok<StaticArray<u8>, string>(bytes);
  store<f32>(at, effect.level, 8);
  store<u32>(at, effect.place, 12);
  at += HEADER * 4;
  for (let i = 0; i < channels; i++) {
    store<f32>(at, effect.filtered[i]);
    memory.copy(at + 4, changetype<usize>(effect.delayed[i]), LATENCY * 4);
    at += (1 + LATENCY) * 4;
  }
  return ok<StaticArray<u8>, string>(bytes);
}

export function restore(state: StaticArray<u8>, schema: u32, version: string): Result<Unit, string> {
  if (schema != SCHEMA)
    return fail<string>(`the state has schema ${schema}, this plugin reads schema ${SCHEMA}`);
  if (state.length < HEADER * 4) return fail<string>('the state ends too early');
  let at = changetype<usize>(state);
  const level = load<f32>(at);
  const channels = <i32>min<u32>(load<u32>(at, 4), 9);
  if (!(level >= 0 && level <= 2) || state.length != (HEADER + channels * (1 + LATENCY)) * 4) {
    return fail<string>('the state is not one of this plugin');
  }
  for (let i = 2; i < state.length / 4; i++) {
    if (i != 3 && !isFinite(load<f32>(at + i * 4)))
      return fail<string>('the state holds a number that is not finite');
  }
  want(level);
  const effect = current;
  if (effect === null || channels != <i32>effect.setup.channels) return done<string>();
  effect.level = load<f32>(at, 8);
  effect.place = load<i32>(at, 12) & (LATENCY - 1);
  at += HEADER * 4;
  for (let i = 0; i < channels; i++) {
    effect.filtered[i] = load<f32>(at);
    memory.copy(changetype<usize>(effect.delayed[i]), at + 4, LATENCY * 4);
    at += (1 + LATENCY) * 4;
  }
  return done<string>();
}
