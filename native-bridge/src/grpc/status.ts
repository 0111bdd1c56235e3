import { Metadata, status, type ServiceError } from '@grpc/grpc-js';
import { ERROR_CODES, PluginError, printable, QuotaError, type ErrorCode } from '@wasm-plugin/abi';

/** Further facts of a status, in its metadata. */
const CODE = 'wasm-plugin-code';
const MAY_HAVE_RUN = 'wasm-plugin-may-have-run';

/** The statuses of errors by the beginning of their codes, the first that fits. */
const STATUSES: readonly (readonly [prefix: string, code: status])[] = [
  ['WP_QUOTA_WALL', status.DEADLINE_EXCEEDED],
  ['WP_QUOTA_', status.RESOURCE_EXHAUSTED],
  ['WP_CAPABILITY', status.PERMISSION_DENIED],
  ['WP_CLOSED', status.UNAVAILABLE],
  ['WP_BRIDGE', status.UNAVAILABLE],
  ['WP_VALUE', status.INVALID_ARGUMENT],
  ['WP_GUEST', status.UNKNOWN],
];

/** An error as the status of a call. */
export interface CallStatus {
  code: status;
  details: string;
  metadata: Metadata;
}

/** Returns the status of a call that failed. */
export function statusOf(error: unknown, { mayHaveRun }: { mayHaveRun: boolean }): CallStatus {
  const metadata = new Metadata();
  metadata.set(MAY_HAVE_RUN, String(mayHaveRun));
  const details = printable(error instanceof Error ? error.message : String(error));
  if (!PluginError.is(error)) {
    const isMisfit = error instanceof TypeError && !mayHaveRun;
    return { code: isMisfit ? status.INVALID_ARGUMENT : status.INTERNAL, details, metadata };
  }
  metadata.set(CODE, error.code);
  const code = STATUSES.find(([prefix]) => error.code.startsWith(prefix))?.[1] ?? status.INTERNAL;
  return { code, details, metadata };
}

/** Statuses of calls that have not run, on any kind of server. */
const NOT_RUN: readonly status[] = [
  status.UNIMPLEMENTED,
  status.UNAUTHENTICATED,
  status.PERMISSION_DENIED,
  status.INVALID_ARGUMENT,
  status.FAILED_PRECONDITION,
];

/** Texts of grpc-js for a call that was never sent. */
const NEVER_SENT =
  /^(?:No connection established|Name resolution failed|Channel closed|Failed to connect|The channel has been closed)/;

/** Returns the error of a call from its status. */
export function errorFrom(
  { code, details, metadata }: ServiceError,
  { name, peer, deadlineMs }: { name: string; peer: string; deadlineMs: number },
): PluginError {
  const [said] = metadata.get(CODE);
  const theirs =
    typeof said === 'string' && Object.hasOwn(ERROR_CODES, said) ? (said as ErrorCode) : undefined;
  if (code === status.DEADLINE_EXCEEDED)
    return new QuotaError('WP_QUOTA_WALL', {
      limit: 'wallMs',
      unit: 'ms',
      allowed: deadlineMs,
      used: deadlineMs,
      instanceUsable: true,
      reason: `"${name}" did not answer in ${deadlineMs} ms; it may have run`,
    });
  const [ran] = metadata.get(MAY_HAVE_RUN);
  const notRun =
    ran === 'false' || (ran === undefined && (NOT_RUN.includes(code) || NEVER_SENT.test(details)));
  const text = `Cannot call "${name}" of ${peer}: ${printable(details)} (${theirs ?? status[code]})`;
  const cause = theirs === undefined ? {} : { cause: new PluginError(theirs, printable(details)) };
  return new PluginError(notRun ? 'WP_BRIDGE' : 'WP_BRIDGE_IN_DOUBT', text, cause);
}
