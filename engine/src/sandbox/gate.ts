import { CapabilityError, formatCapability, lackingFor, type Capability } from '@wasm-plugin/abi';
import type { AttachedInstance } from '../link/index.js';

/** Facts that a `Gate` decides by. */
export interface GateOptions {
  /** For errors. */
  plugin?: string | undefined;
  /** Permissions in the manifest. */
  permissions: readonly Capability[];
  /** Present grants of the host. */
  grants: () => readonly Capability[];
  /** Hears of refusals: of each different one once, and beyond `MOST_DENIALS` of them of one a second. */
  onDenied?: ((error: CapabilityError) => void) | undefined;
  /** Milliseconds that only go forward. */
  now: () => number;
}

/** Most different refusals that are kept: a guest chooses its requests. */
const MOST_DENIALS = 64;
/** Most decisions that are kept. */
const MOST_DECISIONS = 1024;

/**
 * Decides each request of a plugin: its manifest has to ask for it and its host has to grant it. Grants are read at each
 * request, so one that is taken back no longer holds at the next call.
 */
export class Gate {
  readonly #options: GateOptions;
  readonly #denials = new Map<string, CapabilityError>();
  #decided = new Map<string, 'manifest' | 'host' | undefined>();
  #grants: readonly Capability[] | undefined;
  #saidMs = -Infinity;
  /** The instance behind the gate, once it is there. */
  instance: AttachedInstance | undefined;

  constructor(options: GateOptions) {
    this.#options = options;
  }

  /** The name of the plugin, for messages. */
  get plugin(): string | undefined {
    return this.#options.plugin;
  }

  get permissions(): readonly Capability[] {
    return this.#options.permissions;
  }

  get grants(): readonly Capability[] {
    return this.#options.grants();
  }

  /** Refusals so far, once each; at most the first `MOST_DENIALS`. */
  get denials(): readonly CapabilityError[] {
    return [...this.#denials.values()];
  }

  /** Returns the side that lacks a capability; `undefined` if neither does. Notes nothing. */
  lacking(request: Capability): 'manifest' | 'host' | undefined {
    const { permissions } = this.#options;
    const { grants } = this;
    if (grants !== this.#grants) {
      this.#grants = grants;
      this.#decided = new Map();
    }
    const key = keyOf(request);
    if (this.#decided.has(key)) return this.#decided.get(key);
    const lacking = lackingFor(request, { permissions, grants });
    if (this.#decided.size < MOST_DECISIONS) this.#decided.set(key, lacking);
    return lacking;
  }

  /** Returns whether a request is allowed; notes it if it is not. For imports that can say so to the guest. */
  allows(request: Capability): boolean {
    const lacking = this.lacking(request);
    if (lacking === undefined) return true;
    this.deny(formatCapability(request), lacking);
    return false;
  }

  /**
   * Lets a request through or ends the instance. For imports that have no way to refuse.
   * @throws {CapabilityError} WP_CAPABILITY
   */
  demand(request: Capability): void {
    const lacking = this.lacking(request);
    if (lacking !== undefined) throw this.deny(formatCapability(request), lacking, { ends: true });
  }

  /** Notes a refusal, and gives the error that names it. */
  deny(capability: string, lacking: 'manifest' | 'host', { ends = false } = {}): CapabilityError {
    const error = new CapabilityError({ capability, lacking, plugin: this.plugin, instanceUsable: !ends });
    const key = `${lacking} ${capability}`;
    if (this.#denials.has(key) && !ends) return error;
    if (this.#denials.size < MOST_DENIALS) this.#denials.set(key, error);
    else if (!ends && !this.#isNextSecond()) return error;
    this.#options.onDenied?.(error);
    return error;
  }

  #isNextSecond(): boolean {
    const now = this.#options.now();
    if (now - this.#saidMs < 1000) return false;
    this.#saidMs = now;
    return true;
  }
}

/** A request for any place is another one than for the place of the same path. */
function keyOf(request: Capability): string {
  const text = formatCapability(request);
  return request.kind === 'fs' && request.hostPath !== undefined ? `${text} ${request.hostPath}` : text;
}
