import type { HttpErrorCode, WireFailure } from './transport.js';

/** An error that has a code of `wasi:http/types` already. */
export class Refused extends Error {
  readonly errorCode: HttpErrorCode;

  constructor(errorCode: HttpErrorCode, reason: string = errorCode.tag) {
    super(reason);
    this.errorCode = errorCode;
  }
}

const CODES: Readonly<Record<string, HttpErrorCode>> = {
  ABORT_ERR: { tag: 'connection-terminated' },
  EAI_AGAIN: { tag: 'DNS-timeout' },
  ECONNREFUSED: { tag: 'connection-refused' },
  ECONNRESET: { tag: 'connection-terminated' },
  EHOSTUNREACH: { tag: 'destination-unavailable' },
  ENETUNREACH: { tag: 'destination-unavailable' },
  ENOTFOUND: { tag: 'destination-not-found' },
  EPROTO: { tag: 'TLS-protocol-error' },
  EPIPE: { tag: 'connection-terminated' },
  ERR_STREAM_DESTROYED: { tag: 'connection-terminated' },
  ETIMEDOUT: { tag: 'connection-timeout' },
};

/** Returns the errors for the guest and for the host that stand for an error of Node. */
export function failureFrom(error: unknown): WireFailure {
  return { error: errorCodeFrom(error), reason: error instanceof Error ? error.message : String(error) };
}

function errorCodeFrom(error: unknown): HttpErrorCode {
  if (error instanceof Refused) return error.errorCode;
  const {
    code = '',
    message = '',
    errors,
  } = error as { code?: string; message?: string; errors?: unknown[] };
  // Of several addresses each failed in its own way: the last one counts.
  if (code === '' && Array.isArray(errors) && errors.length > 0) return errorCodeFrom(errors.at(-1));
  if (code.startsWith('HPE_')) return { tag: 'HTTP-protocol-error' };
  const alert = alertFrom(message);
  if (alert !== undefined) return alert;
  if (code.startsWith('ERR_SSL_')) return { tag: 'TLS-protocol-error' };
  if (/^(?:ERR_TLS_CERT|CERT|DEPTH_ZERO|SELF_SIGNED|UNABLE_TO|INVALID_|HOSTNAME_MISMATCH)/.test(code)) {
    return { tag: 'TLS-certificate-error' };
  }
  return CODES[code] ?? { tag: 'internal-error', val: undefined };
}

/** Returns the server's reason for ending the connection; OpenSSL reports it only in its message. */
function alertFrom(message: string): HttpErrorCode | undefined {
  const [, name, number] = /(?:alert ([a-z ]+):.*)?SSL alert number (\d+)/.exec(message) ?? [];
  if (number === undefined) return undefined;
  return { tag: 'TLS-alert-received', val: { alertId: Number(number), alertMessage: name } };
}
