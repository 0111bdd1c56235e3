import { TrapError, type CarrierInstance, type PluginError, type ResolvedLimits } from '@wasm-plugin/abi';
import type { Usage } from '../runtime/index.js';
import { checkCrossing } from './crossing.js';
import { objectFrom } from './function-tree.js';
import type { IsolatedThread } from './isolated-thread.node.js';
import type { FunctionTree, Path } from './protocol.js';

/**
 * A running component in a thread of its own.
 *
 * State: as that of `Instance`; a thread that passed a deadline is ended, and the instance `dead`.
 */
export class IsolatedInstance<Exports extends object = Readonly<Record<string, unknown>>> implements Omit<
  CarrierInstance,
  'exports'
> {
  /** Exports of the component, by name. Each function returns a promise. Resources do not cross to another thread. */
  readonly exports: Exports;
  readonly #thread: IsolatedThread;
  readonly #limits: ResolvedLimits;
  readonly #plugin: string | undefined;

  constructor(
    thread: IsolatedThread,
    {
      exports,
      limits,
      plugin,
    }: { exports: FunctionTree; limits: ResolvedLimits; plugin: string | undefined },
  ) {
    this.#thread = thread;
    this.#limits = limits;
    this.#plugin = plugin;
    this.exports = objectFrom(
      exports,
      (path) =>
        (...args: unknown[]) =>
          this.#call(path, args),
    ) as Exports;
  }

  async #call(path: Path, args: readonly unknown[]): Promise<unknown> {
    checkCrossing(args, `the arguments of "${path.join('#')}"`);
    return await this.#thread.ask({ kind: 'call', path, args }, this.#limits);
  }

  get state(): 'ready' | 'dead' | 'closed' {
    const { end } = this.#thread;
    if (end === undefined) return 'ready';
    return end.code === 'WP_CLOSED' ? 'closed' : 'dead';
  }

  /** The cause of death or closing; `undefined` while the instance is usable. */
  get death(): PluginError | undefined {
    return this.#thread.end;
  }

  /**
   * Reports the amounts used at the end of the instance's last call. Calls of host imports are counted up to now; nothing else
   * is known of a running call, or of one in which the thread had to be ended.
   */
  usage(): Usage {
    return this.#thread.usage as Usage;
  }

  refuseReentry(): void {
    this.#thread.refuseReentry();
  }

  /** Ends the instance and its thread. */
  close(): void {
    const message = 'Cannot enter the instance: it is closed';
    this.#thread.close(new TrapError('WP_CLOSED', message, { plugin: this.#plugin }));
  }
}
