import {
  GuestError,
  PluginError,
  QuotaError,
  type ErrorCode,
  type ErrorFacts,
  type GuestFrame,
} from '@wasm-plugin/abi';

/** An error on its way between threads: its code and facts travel, not its class. */
export interface SentError {
  readonly name: string;
  readonly message: string;
  /** Absent for an error that is not one of wasm-plugin. */
  readonly code?: ErrorCode;
  readonly plugin?: string | undefined;
  readonly instanceUsable?: boolean;
  readonly reason?: string;
  readonly trace?: readonly GuestFrame[];
  /** The other fields, such as `limit` and `used` of a `QuotaError`. */
  readonly facts?: Readonly<Record<string, unknown>>;
}

const FACTS = ['limit', 'unit', 'allowed', 'used', 'payload', 'offset', 'section', 'fault'];

/** Takes an error apart. */
export function sentErrorFrom(error: unknown): SentError {
  if (!(error instanceof Error)) return { name: 'Error', message: String(error) };
  const { name, message } = error;
  if (!PluginError.is(error)) return { name, message };
  const { code, plugin, instanceUsable, trace, reason } = error;
  const entries = Object.entries(error).filter(([key]) => FACTS.includes(key));
  return { name, message, code, plugin, instanceUsable, reason, trace, facts: Object.fromEntries(entries) };
}

/** Puts an error together again. */
export function errorFrom(sent: SentError, cause?: unknown): Error {
  const { name, message, code, facts = {}, trace = [], plugin, instanceUsable, reason } = sent;
  if (code === undefined) return name === 'TypeError' ? new TypeError(message) : new Error(message);
  const common = { plugin, instanceUsable, reason, ...(cause !== undefined && { cause }) };
  const error = bare(code, facts, common);
  error.locate(trace);
  error.message = message;
  return error;
}

function bare(code: ErrorCode, facts: Readonly<Record<string, unknown>>, common: ErrorFacts): PluginError {
  if (code === 'WP_GUEST') return new GuestError(facts['payload'], common);
  if (code.startsWith('WP_QUOTA_')) {
    return new QuotaError(code as 'WP_QUOTA_FUEL', { ...(facts as unknown as QuotaError), ...common });
  }
  return Object.assign(new PluginError(code, '', common), facts);
}
