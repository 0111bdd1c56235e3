/**
 * Every error class and code of wasm-plugin. A code is stable: programs match on it. The message is composed
 * from the facts that the error carries, in the form "Cannot …: …".
 */

import { describeTrace, type GuestFrame } from './guest-frame.js';
import { printable } from './printable.js';

const BRAND = Symbol.for('wasm-plugin.error');

/** All codes of wasm-plugin's errors, with their meaning. */
export const ERROR_CODES = {
  WP_MODULE_MALFORMED: 'the bytes are not a well-formed component or core module',
  WP_MODULE_INVALID: 'the component or core module is well-formed but not valid',
  WP_MODULE_UNSUPPORTED: 'the component needs a feature that this engine does not have',
  WP_MODULE_LIMIT: 'the component is larger or deeper than an implementation limit',
  WP_ABI_MISMATCH: 'a component and the declared world, or a value and its WIT type, do not fit',
  WP_ABI_WORLD: 'the declared world is not an encoded WIT package with that world',
  WP_ABI_NAMES: 'two names of a component are one name in JavaScript',
  WP_IMPORT_MISSING: 'the host declares an import but does not provide it',
  WP_EXPORT_MISSING: 'the component has no export of that name',
  WP_LINK: 'a core module of the component could not be instantiated',
  WP_VALUE: 'a JavaScript value does not fit the WIT type it is lowered to',
  WP_TRAP: 'the guest trapped',
  WP_TRAP_HOST: 'a host import threw something its WIT type does not declare',
  WP_TRAP_ABI: 'the guest broke a rule of the canonical ABI',
  WP_CLOSED: 'the instance or engine is closed',
  WP_EXIT: 'the guest ended itself',
  WP_GUEST: 'the guest returned the error case of a result',
  WP_MANIFEST: 'a manifest does not fit its schema',
  WP_PACKAGE: 'a packed plugin is malformed or too large, or a path leads out of the plugin',
  WP_UNSIGNED: 'a plugin has no checksums or no signature, and only trusted ones are taken',
  WP_SIGNATURE: 'a key or a signature is malformed, wrong, or of a key that is not trusted',
  WP_TAMPERED: 'a file of a plugin is not the one that was signed, packed or installed',
  WP_DOWNGRADE: 'a plugin is older than the version that is installed',
  WP_LOCK: 'a lock file is malformed, or does not name a plugin or its version',
  WP_REGISTRY: 'a registry cannot be reached, refuses a request, or answers with what is not true',
  WP_RESOLVE: 'no versions in a registry fit all that is asked for',
  WP_CONFIG: 'a configuration does not fit the schema of the plugin or of the host, or the plugin refused it',
  WP_LIMITS: 'a limit is unknown, out of range, or higher than the host allows',
  WP_CAPABILITY: 'a capability was not asked for or not granted',
  WP_CARRIER: 'there is no carrier of the kind a plugin needs, or no entry for this platform',
  WP_NOT_FOUND: 'no plugin of that id and version is known',
  WP_DUPLICATE: 'a plugin of that id and version is known already',
  WP_DEPENDENCY: 'a dependency is missing, disabled, broken, of another version, or part of a cycle',
  WP_IN_USE: 'other plugins that are loaded need the plugin',
  WP_LIFECYCLE: 'the plugin is not in a state in which this can be done',
  WP_INIT: 'the plugin refused to start',
  WP_UPDATE: 'an update is not compatible, or the update policy does not allow it',
  WP_QUOTA_FUEL: 'the fuel of a call or an instance is used up',
  WP_QUOTA_TIME: 'the guest compute time of a call is used up',
  WP_QUOTA_WALL: 'the wall-clock time of a call is used up',
  WP_QUOTA_MEMORY: 'the memory of an instance is used up',
  WP_QUOTA_TABLE: 'the table elements of an instance are used up',
  WP_QUOTA_STACK: 'the call stack is used up',
  WP_QUOTA_HOST:
    'the host calls or the bytes across the boundary of a call are used up, or what a sandbox may hold',
  WP_QUOTA_HANDLES: 'the resource handles of an instance are used up',
  WP_QUOTA_LINK: 'what making an instance may take beside memories and tables is used up',
  WP_QUOTA_INSTANCES: 'too many instances of a plugin are alive',
  WP_QUOTA_STATE: 'a saved state is larger than allowed',
  WP_QUOTA_LOG: 'the log lines per second of an instance are used up',
  WP_STATE: 'a saved state is corrupt or cannot be carried over',
  WP_RELOAD: 'a reload failed before it was committed',
  WP_BRIDGE: 'a native library or RPC peer failed',
  WP_BRIDGE_IN_DOUBT: 'a call of an RPC peer may have run; its answer is lost',
} as const;

/** A stable error code. */
export type ErrorCode = keyof typeof ERROR_CODES;

/** Facts of an error beside its code and message. */
export interface ErrorFacts {
  /** The plugin it happened in. */
  plugin?: string | undefined;
  /** False if the instance can no longer be called, as after any trap. @default true */
  instanceUsable?: boolean | undefined;
  /** The underlying error. */
  cause?: unknown;
  /**
   * The message without its "Cannot …: ", for another sentence.
   * @default the message
   */
  reason?: string | undefined;
}

/** The base of every error that wasm-plugin throws for something other than a wrong argument. */
export class PluginError extends Error {
  override name = 'PluginError';
  readonly code: ErrorCode;
  readonly plugin: string | undefined;
  readonly instanceUsable: boolean;
  /** The message without its "Cannot …: ", for another sentence. The whole message if nobody gave the reason apart. */
  reason: string;
  readonly [BRAND] = true;
  #trace: readonly GuestFrame[] = [];

  constructor(code: ErrorCode, message: string, facts: ErrorFacts = {}) {
    super(message, 'cause' in facts ? { cause: facts.cause } : undefined);
    this.code = code;
    this.plugin = facts.plugin;
    this.instanceUsable = facts.instanceUsable ?? true;
    this.reason = facts.reason ?? message;
  }

  /** The guest's functions that were running, innermost first. Empty if none was, or if the host keeps no stack. */
  get trace(): readonly GuestFrame[] {
    return this.#trace;
  }

  /** Adds the guest's position to the error and to its message. Does nothing if the error already has one. */
  locate(trace: readonly GuestFrame[]): this {
    if (this.#trace.length > 0 || trace.length === 0) return this;
    this.#trace = trace;
    const { message, stack } = this;
    const place = describeTrace(trace);
    this.message = `${message}, ${place}`;
    this.reason = `${this.reason}, ${place}`;
    if (typeof stack === 'string') this.stack = stack.replace(message, () => this.message);
    return this;
  }

  /** Returns true for an error of wasm-plugin, including one made by another copy of the package. */
  static is(value: unknown): value is PluginError {
    try {
      return typeof value === 'object' && value !== null && (value as { [BRAND]?: unknown })[BRAND] === true;
    } catch {
      return false;
    }
  }
}

/** Facts of a `ModuleError`: the position in the binary. */
export interface ModuleErrorFacts extends ErrorFacts {
  /** Byte offset from the start of the file. */
  offset: number;
  /** The section it lies in, as the specification names it, e.g. `"canon"`. */
  section?: string | undefined;
}

/** A component or core module that is malformed, invalid, unsupported or too large. */
export class ModuleError extends PluginError {
  override name = 'ModuleError';
  /** Byte offset from the start of the file. */
  readonly offset: number;
  /** The section it lies in, as the specification names it. */
  readonly section: string | undefined;
  /** The reason without its place. */
  readonly fault: string;

  constructor(
    code: 'WP_MODULE_MALFORMED' | 'WP_MODULE_INVALID' | 'WP_MODULE_UNSUPPORTED' | 'WP_MODULE_LIMIT',
    fault: string,
    facts: ModuleErrorFacts,
  ) {
    const where = facts.section === undefined ? '' : `, in the ${facts.section} section`;
    const reason = `${fault} (at offset 0x${facts.offset.toString(16)}${where})`;
    super(code, `Cannot load the module: ${reason}`, { ...facts, reason });
    this.fault = fault;
    this.offset = facts.offset;
    this.section = facts.section;
  }
}

/** A component and the declared world, or a value and its WIT type, do not fit. */
export class AbiError extends PluginError {
  override name = 'AbiError';
}

/** The guest trapped, or broke the canonical ABI. The instance is dead. */
export class TrapError extends PluginError {
  override name = 'TrapError';

  constructor(
    code: 'WP_TRAP' | 'WP_TRAP_HOST' | 'WP_TRAP_ABI' | 'WP_CLOSED',
    message: string,
    facts: ErrorFacts = {},
  ) {
    super(code, message, { ...facts, instanceUsable: false });
  }
}

/** The guest ended itself, as a program does with `exit`. The instance is dead, the process goes on. */
export class ExitError extends PluginError {
  override name = 'ExitError';
  /** 0 if all went well. */
  readonly status: number;

  constructor(status: number, facts: ErrorFacts = {}) {
    const who = facts.plugin === undefined ? 'the plugin' : `"${facts.plugin}"`;
    super('WP_EXIT', `Cannot go on: ${who} exited with status ${status}`, {
      ...facts,
      instanceUsable: false,
    });
    this.status = status;
  }
}

/** Facts of a `QuotaError`. */
export interface QuotaFacts extends ErrorFacts {
  /** The limit that was hit, by its name in `Limits`. */
  limit: string;
  /** Unit of `allowed` and `used`. */
  unit: 'bytes' | 'ms' | 'count';
  /** The value of the limit. */
  allowed: number;
  /** Amount used or requested when the limit was reached. */
  used: number;
  /** Stands in the message in place of `allowed` and `used`, if nobody counts. */
  reason?: string | undefined;
}

/** A limit was hit. The instance is dead, unless `instanceUsable` says otherwise. */
export class QuotaError extends PluginError {
  override name = 'QuotaError';
  readonly limit: string;
  readonly unit: QuotaFacts['unit'];
  readonly allowed: number;
  readonly used: number;

  constructor(code: ErrorCode & `WP_QUOTA_${string}`, facts: QuotaFacts) {
    const { limit, allowed, used, unit } = facts;
    const reason =
      facts.reason ??
      `the limit "${limit}" of ${quantity(allowed, unit)} is reached (used ${quantity(used, unit)})`;
    super(code, `Cannot go on: ${reason}`, { instanceUsable: false, ...facts, reason });
    this.limit = facts.limit;
    this.unit = facts.unit;
    this.allowed = facts.allowed;
    this.used = facts.used;
  }
}

/** Writes a number with its unit: milliseconds to three digits, everything else whole. */
function quantity(value: number, unit: QuotaFacts['unit']): string {
  if (unit === 'ms') return `${value < 100 ? Number(value.toPrecision(3)) : Math.round(value)} ms`;
  if (unit === 'count') return String(Math.ceil(value));
  return value === 1 ? '1 byte' : `${Math.ceil(value)} bytes`;
}

/** One thing that is wrong in a manifest or a configuration. */
export interface Problem {
  /** Position as a JSON path: `$.permissions[2].reason`. */
  path: string;
  /** The value at that position; `undefined` if it is missing. */
  value: unknown;
  /** The fault, and the values that are allowed. */
  message: string;
}

/** Facts of an error with a list of problems. */
export interface ProblemFacts extends ErrorFacts {
  /** At least one. */
  problems: readonly Problem[];
}

/** A manifest that does not fit its schema. Carries every problem that was found. */
export class ManifestError extends PluginError {
  override name = 'ManifestError';
  readonly problems: readonly Problem[];

  /** @param source the thing read, e.g. `the manifest "plugins/eq/plugin.json"` */
  constructor(source: string, facts: ProblemFacts) {
    const reason = listed(facts.problems);
    super('WP_MANIFEST', `Cannot read ${source}: ${reason}`, { ...facts, reason });
    this.problems = facts.problems;
  }
}

/** A configuration that does not fit the schema of its plugin. The old values stay in force. */
export class ConfigError extends PluginError {
  override name = 'ConfigError';
  readonly problems: readonly Problem[];

  constructor(plugin: string, facts: ProblemFacts) {
    const reason = listed(facts.problems);
    super('WP_CONFIG', `Cannot configure "${plugin}": ${reason}`, { ...facts, plugin, reason });
    this.problems = facts.problems;
  }
}

/** Facts of a `CapabilityError`. */
export interface CapabilityFacts extends ErrorFacts {
  /** The capability in its text form, e.g. `fs:/data:ro`. */
  capability: string;
  /** The side that lacks it: the plugin's manifest does not ask for it, or the host does not grant it. */
  lacking: 'manifest' | 'host';
}

/** A plugin needs, or used, a capability that it does not have. */
export class CapabilityError extends PluginError {
  override name = 'CapabilityError';
  readonly capability: string;
  readonly lacking: CapabilityFacts['lacking'];

  constructor(facts: CapabilityFacts) {
    const who = facts.plugin === undefined ? 'the plugin' : `"${facts.plugin}"`;
    const reason =
      facts.lacking === 'host'
        ? 'the host does not grant it'
        : `its manifest does not ask for it${lineFor(facts)}`;
    super('WP_CAPABILITY', `Cannot let ${who} use "${facts.capability}": ${reason}`, {
      ...facts,
      reason,
    });
    this.capability = facts.capability;
    this.lacking = facts.lacking;
  }
}

/**
 * Returns the line to add to the manifest, for capabilities whose interfaces have no error result: the refused call ends the
 * instance.
 */
function lineFor({ capability, instanceUsable }: CapabilityFacts): string {
  if (instanceUsable !== false) return '';
  return `; add { "capability": ${JSON.stringify(capability)}, "reason": "…" } to "permissions" in its plugin.json`;
}

/** A saved state that is corrupt, or that cannot be carried over. */
export class StateError extends PluginError {
  override name = 'StateError';

  constructor(message: string, facts: ErrorFacts = {}) {
    super('WP_STATE', message, facts);
  }
}

/** Facts of a `ReloadError`. */
export interface ReloadFacts extends ErrorFacts {
  /** The step of the transaction that failed. */
  step: 'prepare' | 'save' | 'carry' | 'restore' | 'health' | 'commit' | 'confirm' | 'rollback';
  /** Cause of the failure in that step, as text to follow a colon. */
  reason: string;
}

/** A reload that failed. Before the step `commit` the old instance still serves, untouched. */
export class ReloadError extends PluginError {
  override name = 'ReloadError';
  readonly step: ReloadFacts['step'];

  constructor(facts: ReloadFacts) {
    const what = facts.plugin === undefined ? 'the plugin' : `"${facts.plugin}"`;
    super('WP_RELOAD', `Cannot reload ${what}: the step "${facts.step}" failed: ${facts.reason}`, facts);
    this.step = facts.step;
  }
}

/**
 * The error case of a WIT `result`, thrown by an export and to be thrown by a host import.
 * The instance stays usable.
 */
export class GuestError extends PluginError {
  override name = 'GuestError';
  /** The lifted value of the error case; `undefined` if it has none. */
  readonly payload: unknown;

  constructor(payload: unknown, facts: ErrorFacts = {}) {
    super('WP_GUEST', messageFrom(payload), facts);
    this.payload = payload;
  }
}

/** A text of the guest's is shown cut and printable; the whole is the payload. */
function messageFrom(payload: unknown): string {
  const text =
    typeof payload === 'string' ? printable(payload, { lines: 'indent' }) : printable(describe(payload));
  return text === payload ? text : `${text} (see error.payload)`;
}

/** One problem in the line, several on lines of their own. */
function listed(problems: readonly Problem[]): string {
  const lines = problems.map(({ path, message }) => `${path} ${message}`);
  return lines.length === 1 ? (lines[0] as string) : `${lines.length} problems\n  ${lines.join('\n  ')}`;
}

function describe(value: unknown): string {
  if (typeof value !== 'object' || value === null) return String(value);
  // A guest names the fields of its records: one named `to-string` would be called, or be no function.
  return 'tag' in value && typeof value.tag === 'string' ? value.tag : 'an error of the guest';
}
