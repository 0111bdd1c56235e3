import { Setting } from './bindings/config';
import { Level, log } from './bindings/log';
import { done, fail, Result, Unit } from './bindings/wit';
import { current } from './equalizer';
import { assign, COUNT, placeOfKey, takes, values } from './parameters';

export function init(settings: Setting[]): Result<Unit, string> {
  const result = configure(settings);
  if (result.isOk) log(Level.Debug, 'eq is ready');
  return result;
}

export function health(): Result<Unit, string> {
  const equalizer = current;
  if (equalizer !== null && !isFinite(equalizer.gain)) return fail<string>('the output gain is not a number');
  return done<string>();
}

/** Takes settings named like `band1.gain`, all or none. */
export function configure(settings: Setting[]): Result<Unit, string> {
  const changed = new StaticArray<f64>(COUNT);
  for (let i = 0; i < COUNT; i++) changed[i] = values[i];
  for (let i = 0; i < settings.length; i++) {
    const key = settings[i].key;
    const place = placeOfKey(key);
    if (place < 0) continue;
    const value = parseFloat(settings[i].value);
    if (!takes(place, value)) return fail<string>(`${key} cannot be "${settings[i].value}"`);
    changed[place] = value;
  }
  for (let i = 0; i < COUNT; i++) assign(i, changed[i]);
  return done<string>();
}
