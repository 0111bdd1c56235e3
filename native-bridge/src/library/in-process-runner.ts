import type { PluginError } from '@wasm-plugin/abi';
import { ByteReader, ByteWriter } from '../value/index.js';
import { Arena } from './arena.js';
import { decodeArguments, encodeArguments, type CallEntry } from './call-table.js';
import type { Ffi } from './ffi.js';
import { FloatEnvironment } from './float-environment.js';
import { invoke } from './invoke.js';
import { libraryError } from './library-error.js';
import type { NativeRunner } from './library-instance.js';
import { NativePluginDead } from './laned-plugin.js';
import type { NativeHost } from './native-plugin.js';
import { onceUnreachable } from './once-unreachable.js';
import { openLibrary } from './open-plugin.js';

/** Options of a library in this process. */
export interface InProcessOptions {
  ffi: Ffi;
  path: string;
  /** Label of the plugin in the library; may be left out if there is one. */
  label?: string | undefined;
  name: string;
  host: NativeHost;
  onDeath: (error: PluginError) => void;
}

/**
 * Runs a native library in this process. Nothing protects the process from it: a wild pointer ends it, and no limit holds. The
 * floating-point environment is restored after each call, so that JavaScript's arithmetic stays the same.
 * @throws {PluginError} WP_BRIDGE it cannot be loaded
 */
export function runInProcess({ ffi, path, label, name, host, onDeath }: InProcessOptions): NativeRunner {
  const environment = FloatEnvironment.present();
  let dead = false;
  const dieOf = (error: unknown): PluginError => {
    const death = libraryError(name, error);
    dead = true;
    onDeath(death);
    return death;
  };
  /** An error of a function of the host. It cannot pass through native frames, so the call that it broke throws it. */
  let thrown: { error: unknown } | undefined;
  const caught = <Result>(run: () => Result): Result | undefined => {
    try {
      return run();
    } catch (error) {
      thrown ??= { error };
      return undefined;
    }
  };
  const guardedHost: NativeHost = {
    log: (level, text) => caught(() => host.log(level, text)),
    config: (key) => caught(() => host.config(key)),
  };
  const throwCaught = (): void => {
    if (thrown === undefined) return;
    const { error } = thrown;
    thrown = undefined;
    throw dieOf(error);
  };
  const guarded = <Result>(run: () => Result): Result => {
    try {
      const result = run();
      throwCaught();
      return result;
    } catch (error) {
      if (!(error instanceof NativePluginDead)) throw error;
      throw dieOf(error);
    } finally {
      environment.restore();
    }
  };
  const { library, plugin } = guarded(() => {
    try {
      const opened = openLibrary(ffi, path);
      try {
        return { library: opened, plugin: opened.create(guardedHost, label) };
      } catch (error) {
        opened.close();
        throw error;
      }
    } catch (error) {
      throw libraryError(name, error, { starting: true });
    }
  });
  const scratch = new ByteWriter();
  /** As in a child: the plugin gets a checked copy. */
  const checkedCopies = (entry: CallEntry, args: readonly unknown[]): unknown[] => {
    scratch.reset();
    encodeArguments(scratch, entry, args);
    return decodeArguments(new ByteReader(scratch.written()), entry);
  };
  return {
    hasAudio: plugin.hasAudio,
    call(entry, { args }) {
      const copies = entry.params.length === 0 ? args : checkedCopies(entry, args);
      try {
        const result = invoke(plugin, entry, copies);
        throwCaught();
        environment.restoreIfChanged();
        return result;
      } catch (error) {
        environment.restore();
        if (!(error instanceof NativePluginDead)) throw error;
        throw dieOf(error);
      }
    },
    openLane() {
      const arena = new Arena(ffi);
      const lane = plugin.ownLane(arena);
      const views = [...lane.inputs, ...lane.outputs];
      onceUnreachable(
        views.map(({ buffer }) => buffer),
        () => arena.free(),
      );
      return {
        inputs: lane.inputs,
        outputs: lane.outputs,
        process: (frames) => {
          try {
            lane.process(frames);
            throwCaught();
          } catch (error) {
            environment.restore();
            throw dead ? error : dieOf(error);
          }
          environment.restoreIfChanged();
        },
      };
    },
    close() {
      // A dead plugin is not called any more, and its remaining threads need its code.
      if (dead) return;
      guarded(() => plugin.destroy());
      library.close();
    },
  };
}
