import { resolveLimits, TrapError, type Limits, type ResolvedLimits } from '@wasm-plugin/abi';
import type { EngineOptions } from './engine.js';
import {
  functionTree,
  IsolatedInstance,
  IsolatedThread,
  type FunctionTree,
  type Promised,
} from '../isolated/index.node.js';
import type { HostImports, JsExports } from '../link/index.js';
import { checkBytes, checkOptions, type KeysOf } from '../runtime/index.js';

/** Options of `createIsolatedEngine`: as `createEngine`, with the world as bytes. */
export interface IsolatedEngineOptions<Imports extends object = HostImports> extends Pick<
  EngineOptions<Imports>,
  'imports' | 'backend' | 'limits'
> {
  world?: Uint8Array;
}

/** Options of `IsolatedPlugin.instantiate`. */
export interface InstantiateIsolated {
  limits?: Limits;
  onEnd?: () => unknown;
}

/**
 * A component that was loaded in a thread of its own.
 * @typeParam Exports the type of its exports as an instance on the host's own thread has them
 */
export interface IsolatedPlugin<Exports extends object = JsExports> {
  readonly name: string | undefined;
  readonly size: number;
  readonly limits: ResolvedLimits;
  /** Makes a running instance, in a thread of its own. Throws as `Plugin.instantiate`. */
  instantiate<Own extends object = Exports>(
    options?: InstantiateIsolated,
  ): Promise<IsolatedInstance<Promised<Own>>>;
  close(): void;
}

/** Loads plugins into threads. */
export interface IsolatedEngine {
  readonly limits: ResolvedLimits;
  load<Exports extends object = JsExports>(
    bytes: Uint8Array,
    options?: { name?: string; limits?: Limits },
  ): Promise<IsolatedPlugin<Exports>>;
  close(): void;
}

const OPTIONS: KeysOf<IsolatedEngineOptions & { isolation: 'worker' }> = {
  world: true,
  imports: true,
  backend: true,
  limits: true,
  isolation: true,
};
const SCRIPT = new URL('./isolated-worker.node.js', import.meta.url);

/**
 * Makes an engine whose instances each run in a thread of their own: a backstop beside the quotas, which hold there as they
 * do here. A thread is ended a moment after a deadline (`timeMs`, `wallMs`), even if the JavaScript engine itself hangs.
 *
 * Every export gives a promise. Host imports run in the thread of the host, one at a time, while the guest waits; they may
 * give promises. One that blocks the thread of the host cannot be interrupted: then nothing of the host runs. Errors keep
 * their code and fields. Resources and `sourceMapOf` do not cross. A thread costs some tens of milliseconds and megabytes.
 *
 * @throws {PluginError} WP_LIMITS
 */
export function createIsolatedEngine(options: IsolatedEngineOptions = {}): IsolatedEngine {
  checkOptions(options, OPTIONS, 'create an engine of threads');
  const limits = resolveLimits(options.limits);
  const threads = new Set<IsolatedThread>();
  const imports: HostImports = options.imports ?? {};
  const closed = (): TrapError =>
    new TrapError('WP_CLOSED', 'Cannot enter the instance: the engine is closed');
  return {
    limits,
    async load(bytes, { name, limits: given } = {}) {
      checkBytes(bytes);
      const own = resolveLimits(given, { base: limits, lowerOnly: true });
      const copy = new Uint8Array(bytes);
      const start = async (): Promise<{ thread: IsolatedThread; size: number }> => {
        const { backend, world } = options;
        const setup = { bytes: copy, name, limits: own, backend, world, imports: functionTree(imports) };
        const thread = new IsolatedThread(SCRIPT, setup, imports);
        threads.add(thread);
        try {
          return { thread, size: ((await thread.loaded()) as { size: number }).size };
        } catch (error) {
          threads.delete(thread);
          thread.close(closed());
          throw error;
        }
      };
      const first = await start();
      const ours = new Set([first.thread]);
      let spare: IsolatedThread | undefined = first.thread;
      return {
        name,
        size: first.size,
        limits: own,
        async instantiate<Own extends object>({ limits: lower, onEnd }: InstantiateIsolated = {}) {
          const lowered = resolveLimits(lower, { base: own, lowerOnly: true });
          const thread = spare ?? (await start()).thread;
          spare = undefined;
          ours.add(thread);
          const exports = await thread.ask({ kind: 'instantiate', limits: lowered }, lowered);
          thread.onEnd = onEnd;
          return new IsolatedInstance<Promised<Own>>(thread, {
            exports: exports as FunctionTree,
            limits: lowered,
            plugin: name,
          });
        },
        close() {
          for (const thread of ours) thread.close(closed());
        },
      };
    },
    close() {
      for (const thread of threads) thread.close(closed());
      threads.clear();
    },
  };
}
