import { DEFAULT_LIMITS, type GuestFrame, PluginError, type ResolvedLimits } from '@wasm-plugin/abi';
import type { CallUse } from './call-meter.js';
import { HostBudget } from './host-budget.js';
import { ENDED, type Lock } from './lock.js';
import type { RootTasks } from './root-tasks.js';
import { trapErrorFrom } from './trap-error-from.js';

/** One component instance of a root, as the root sees it. */
export interface RootMember {
  lock: Lock;
  /** Refuses calls while it is true. */
  set suspended(suspended: boolean);
  readonly handles: { readonly size: number };
}

/** The state that all component instances of one root instance share: it lives and dies as one. */
export class RootState extends HostBudget {
  /** The cause of death or closing; every later call throws this same error. */
  death: PluginError | undefined;
  readonly contexts: RootMember[] = [];
  /** Finds the guest's functions in the stack trace of an error that left the guest. */
  traceOf: ((error: unknown, reason: PluginError) => readonly GuestFrame[]) | undefined;
  /** Returns the guest's message before it trapped. */
  lastWords: (() => string | undefined) | undefined;
  /** The error of a failed import, if none could be made of it that a guest cannot catch. */
  lost: unknown;
  /** Tasks, streams and futures, once a component has any. */
  tasks: RootTasks | undefined;
  /** Called once, when the instance dies or is closed. */
  onEnd: (() => unknown) | undefined;

  constructor(plugin?: string, limits: ResolvedLimits = DEFAULT_LIMITS) {
    super(plugin, limits);
  }

  /** Ends the instance: nothing of it is ever entered again. */
  kill(error: PluginError): PluginError {
    if (this.death !== undefined) return this.death;
    this.death = error;
    this.meter?.abandonCall();
    for (const context of this.contexts) context.lock = ENDED;
    this.tasks?.end(error);
    this.onEnd?.();
    return error;
  }

  /** Ends the instance because of an error that left the guest. `known` is the reason, if it is known already. */
  fail(error: unknown, known?: PluginError): PluginError {
    if (this.death !== undefined) return this.death;
    const reason = this.meter?.exceeded(error) ?? known ?? trapErrorFrom(error, this.plugin, this.lastWords);
    if (this.traceOf !== undefined && reason instanceof PluginError)
      reason.locate(this.traceOf(error, reason));
    return this.kill(reason);
  }

  /**
   * A call from the host begins: its budgets start here. A call within another one shares the rest of the outer one's. May be
   * left out if nothing is `charged` and no meter has to know.
   * @param armed - true if the core function starts the meter by itself
   */
  enter(armed: boolean): void {
    if (this.within !== 0) {
      this.meter?.enterNested();
      return;
    }
    if (this.charged) this.allowAnew();
    if (!armed && this.meter !== undefined) this.meter.beginCall();
  }

  /**
   * Does the next step of a call, which goes on with the budgets that it has left. Within another call it has those of that one.
   * @throws {QuotaError} WP_QUOTA_FUEL, WP_QUOTA_TIME, WP_QUOTA_HOST if nothing is left
   */
  step<Result>(use: CallUse, work: () => Result): Result {
    if (this.within !== 0) {
      this.enter(false);
      return work();
    }
    const { bytes, hostCalls, meter } = this;
    try {
      meter?.beginStep(use);
      this.enter(false);
      this.allowRest(use);
      return work();
    } finally {
      use.hostBytes += this.bytes - bytes;
      use.hostCalls += this.hostCalls - hostCalls;
      meter?.endStep(use);
    }
  }

  /**
   * A call from the host ends, and the instance stays usable. Only a meter is told.
   * @throws {QuotaError} WP_QUOTA_TIME, WP_QUOTA_WALL if a deadline has passed
   */
  leave(): void {
    if (this.within !== 0) this.meter?.leaveNested();
    else this.meter?.endCall();
  }

  /**
   * A guest calls the host: that is counted, and the clock of the guest stands still.
   * @throws {QuotaError} WP_QUOTA_HOST
   */
  leaveGuest(): void {
    this.countHostCall();
    this.meter?.pause();
  }

  /**
   * The host has returned, and its result is about to be lowered; `endHostCall` follows.
   * @throws {QuotaError} WP_QUOTA_TIME, WP_QUOTA_WALL if a deadline has passed
   */
  enterGuest(): void {
    this.meter?.resume();
  }

  /** No code of the host runs any more: the guest goes on. */
  endHostCall(): void {
    this.within--;
  }
}
