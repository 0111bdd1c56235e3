import { readFile } from 'node:fs/promises';
import { DEFAULT_LIMITS } from '@wasm-plugin/abi';
import { memoryFiles } from '@wasm-plugin/abi/package';
import { library, type LibraryInstance, type NativeLane } from '@wasm-plugin/native-bridge';

/** Description of a plugin, as far as the suite needs it. */
export interface Described {
  ports: { direction: string; channels: number }[];
  parameters: {
    id: number;
    min: number;
    max: number;
    default: number;
    flags: { readOnly: boolean; stepped: boolean };
  }[];
}

/** A plugin of other people's format in a child process. */
export interface RunningPlugin {
  instance: LibraryInstance;
  described: Described;
  /** Parameters that can be set. */
  settable: Described['parameters'];
  processor: { setParameter(id: number, value: number): void; getParameter(id: number): number };
  state: { serialize(): Uint8Array; restore(state: Uint8Array, schema: number, version: string): void };
}

const MOST_CHANNELS = 64;

/**
 * Runs with instances of a plugin, made one after the other, and closes them.
 * @param onFarewell called with the events during the end of one
 */
export async function withPlugin<Result>(
  { path, label, onFarewell }: { path: string; label: string; onFarewell?: (error: Error) => void },
  run: (start: () => Promise<RunningPlugin>) => Promise<Result>,
): Promise<Result> {
  const files = memoryFiles({ 'plugin.so': await readFile(path) });
  const carrier = library({ startMs: 60_000, onFarewell: onFarewell ?? (() => undefined) });
  const source = { id: label, version: '1.0.0', entry: `plugin.so#${label}`, files };
  const plugin = await carrier.load(source, { limits: DEFAULT_LIMITS });
  try {
    return await run(async () => {
      const instance = (await plugin.instantiate({ imports: {} })) as LibraryInstance;
      const { processor, state } = instance.exports as unknown as RunningPlugin & {
        processor: { describe(): Described };
      };
      const described = processor.describe();
      const settable = described.parameters.filter(({ flags }) => !flags.readOnly);
      return { instance, described, settable, processor, state };
    });
  } finally {
    await plugin.close();
  }
}

/** Opens a lane of as many channels as a plugin has. */
export function openOwnLane({ instance, described }: RunningPlugin, maxFrames: number): NativeLane {
  const sum = (wanted: string): number =>
    described.ports
      .filter(({ direction }) => direction === wanted)
      .reduce((all, port) => all + port.channels, 0);
  const channels = Math.min(MOST_CHANNELS, Math.max(1, sum('input'), sum('output')));
  return instance.openLane({ sampleRateHz: 48_000, maxFrames, channels });
}

/** Makes the same noise each time: numbers from -0.25 to 0.25. */
export function noise(seed = 1): () => number {
  let state = seed;
  return () => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) | 0;
    return state / 2 ** 33;
  };
}
