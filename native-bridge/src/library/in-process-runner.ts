import { PluginError } from '@wasm-plugin/abi';
import { ByteReader, ByteWriter } from '../value/index.js';
import { Arena } from './arena.js';
import { decodeArguments, encodeArguments } from './call-table.js';
import type { Ffi } from './ffi.js';
import { FloatEnvironment } from './float-environment.js';
import { invoke } from './invoke.js';
import type { NativeRunner } from './library-instance.js';
import { openNativeLibrary } from './native-library.js';
import { NativePlugin, NativePluginDead, type NativeHost } from './native-plugin.js';

/** What a library in this process is run with. */
export interface InProcessOptions {
  ffi: Ffi;
  path: string;
  name: string;
  host: NativeHost;
  onDeath: (error: PluginError) => void;
}

/**
 * Runs a native library in this process. Nothing protects the process from it: a wild pointer ends it, and no limit holds.
 * The floating-point environment is restored after each call, so that JavaScript's arithmetic stays what it is.
 * @throws {PluginError} WP_BRIDGE it cannot be loaded
 */
export function runInProcess({ ffi, path, name, host, onDeath }: InProcessOptions): NativeRunner {
  const environment = FloatEnvironment.present();
  const failure = (error: unknown): PluginError =>
    PluginError.is(error)
      ? error
      : new PluginError('WP_BRIDGE', `Cannot go on with the library "${name}": ${(error as Error).message}`, {
          plugin: name,
          instanceUsable: false,
          cause: error,
        });
  const guarded = <Result>(run: () => Result): Result => {
    try {
      return run();
    } catch (error) {
      if (!(error instanceof NativePluginDead)) throw error;
      const death = failure(error);
      onDeath(death);
      throw death;
    } finally {
      environment.restore();
    }
  };
  const { library, plugin } = guarded(() => {
    const opened = openNativeLibrary(ffi, path, name);
    try {
      return { library: opened, plugin: new NativePlugin(ffi, opened, host) };
    } catch (error) {
      opened.close();
      throw failure(error);
    }
  });
  const scratch = new ByteWriter();
  let arena: Arena | undefined;
  return {
    hasAudio: plugin.hasAudio,
    call(entry, { args }) {
      // As in a child: what the plugin gets is a checked copy.
      scratch.reset();
      encodeArguments(scratch, entry, args);
      const copies = decodeArguments(new ByteReader(scratch.written()), entry);
      return guarded(() => invoke(plugin, entry, copies));
    },
    openLane() {
      arena?.free();
      arena = new Arena(ffi);
      const lane = plugin.ownLane(arena);
      return {
        inputs: lane.inputs,
        outputs: lane.outputs,
        process: (frames) => {
          try {
            lane.process(frames);
          } catch (error) {
            const death = failure(error);
            onDeath(death);
            throw death;
          } finally {
            environment.restore();
          }
        },
      };
    },
    close() {
      guarded(() => plugin.destroy());
      arena?.free();
      library.close();
    },
  };
}
