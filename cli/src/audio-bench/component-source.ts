import { basename } from 'node:path';
import { PluginError, type AudioEffect, type Limits } from '@wasm-plugin/abi';
import { createEngine, openLane, type Instance } from '@wasm-plugin/engine';
import { settingKey } from '@wasm-plugin/native-bridge';
import { loadError, readInput } from '../component/index.js';
import type { Setting } from '../run/index.js';
import type { AudioSource, OpenedPlugin, Setup } from './audio-source.js';

/** Limits that count everything and end nothing: a loaded machine may take a thread away for long. */
const METERED: Limits = { fuel: 1e15, timeMs: 100_000, memoryBytes: '1 GiB' };

/** Options of `componentSource`. */
export interface ComponentSourceOptions {
  settings: readonly Setting[];
  /** False if nothing is counted. @default true */
  metered?: boolean;
}

/**
 * Loads an audio plugin that is a component. It gets a log that goes nowhere, and its settings.
 * @throws {CliError} it cannot be read or loaded
 */
export async function componentSource(
  path: string,
  { settings, metered = true }: ComponentSourceOptions,
): Promise<AudioSource> {
  const values = new Map(settings.map(({ key, value }) => [key, value]));
  const engine = createEngine({
    limits: metered ? METERED : {},
    imports: {
      'wasm-plugin:abi/log': { log: () => undefined },
      'wasm-plugin:abi/config': {
        get: (key: string) => values.get(key),
        keys: () => [...values.keys()],
      },
    },
  });
  const plugin = await loaded(path, () => engine.load<Partial<AudioEffect>>(readInput(path)));
  const start = (): Instance<Partial<AudioEffect>> => {
    const instance = plugin.instantiate();
    instance.exports.lifecycle?.init([...settings]);
    turnByName(instance.exports, values);
    return instance;
  };
  const first = start();
  const descriptor = first.exports.processor?.describe();
  first.close();
  return {
    name: basename(path),
    descriptor,
    open(setup: Setup): Promise<OpenedPlugin> {
      const instance = start();
      const lane = openLane(instance, setup);
      return Promise.resolve({
        lane,
        fuel: () => (metered ? Number(instance.usage().fuel) : undefined),
        close: () => instance.close(),
      });
    },
    close: () => Promise.resolve(engine.close()),
  };
}

async function loaded<T>(path: string, load: () => Promise<T>): Promise<T> {
  try {
    return await load();
  } catch (error) {
    if (PluginError.is(error)) throw loadError(path, error);
    throw error;
  }
}

/** Sets the parameters whose names are keys of settings, as for a native library. */
function turnByName({ processor }: Partial<AudioEffect>, values: ReadonlyMap<string, string>): void {
  if (processor === undefined || values.size === 0) return;
  for (const { id, name } of processor.describe().parameters) {
    const value = values.get(name) ?? values.get(settingKey(name));
    if (value !== undefined && Number.isFinite(Number(value))) processor.setParameter(id, Number(value));
  }
}
