import { lookup, type LookupAddress } from 'node:dns';
import { request as httpRequest, type IncomingMessage } from 'node:http';
import { request as httpsRequest, type RequestOptions as HttpsRequestOptions } from 'node:https';
import { isIP, type LookupFunction } from 'node:net';
import * as tls from 'node:tls';
import { isPrivateAddress } from './private-address.js';
import type { RequestThreadData } from './request-message.js';
import type { HttpErrorCode, WireRequest, WireResponse } from './transport.js';

/** What a request is made with. */
export interface MakeRequestOptions extends Omit<RequestThreadData, 'bell'> {
  signal: AbortSignal;
}

/** How long it takes at most where the guest sets no time. */
const TIMEOUT_MS = 30_000;

/** Makes one request. What goes wrong is an error code; it does not throw. */
export async function makeRequest(wire: WireRequest, options: MakeRequestOptions): Promise<WireResponse> {
  try {
    return await exchange(wire, options);
  } catch (error) {
    return { error: errorCodeFrom(error), reason: error instanceof Error ? error.message : String(error) };
  }
}

class Refused extends Error {
  readonly errorCode: HttpErrorCode;

  constructor(errorCode: HttpErrorCode) {
    super(errorCode.tag);
    this.errorCode = errorCode;
  }
}

function exchange(wire: WireRequest, options: MakeRequestOptions): Promise<WireResponse> {
  const host = wire.host.replace(/^\[|\]$/g, '');
  if (isIP(host) !== 0 && !wire.allowPrivate && isPrivateAddress(host)) {
    throw new Refused({ tag: 'destination-IP-prohibited' });
  }
  const { promise, resolve, reject } = withResolvers<WireResponse>();
  const headers = wire.headers.filter(([name]) => name.toLowerCase() !== 'content-length');
  const defaultPort = wire.port === (wire.https ? 443 : 80);
  const settings: HttpsRequestOptions = {
    method: wire.method,
    host,
    port: wire.port,
    path: wire.path,
    agent: false,
    setHost: false,
    headers: [
      ['Host', defaultPort ? wire.host : `${wire.host}:${wire.port}`],
      ...headers,
      ...(wire.body.length > 0 || !/^(?:GET|HEAD|DELETE|OPTIONS|TRACE)$/.test(wire.method)
        ? [['Content-Length', String(wire.body.length)] as const]
        : []),
      ['Connection', 'close'],
    ].flat(),
    lookup: checkedLookup(wire, options),
    maxHeaderSize: 65_536,
    ...(wire.https && tlsSettings(host, options)),
    signal: options.signal,
  };
  const request = (wire.https ? httpsRequest : httpRequest)(settings, (response) => {
    clearTimeout(timer);
    receive(response, wire, options).then(resolve, reject);
  });
  const late = (tag: string) => () => request.destroy(new Refused({ tag }));
  let timer = setTimeout(late('connection-timeout'), wire.connectTimeoutMs ?? TIMEOUT_MS);
  const connected = (): void => {
    clearTimeout(timer);
    timer = setTimeout(late('HTTP-response-timeout'), wire.firstByteTimeoutMs ?? TIMEOUT_MS);
  };
  request.on('socket', (socket) => socket.once(wire.https ? 'secureConnect' : 'connect', connected));
  request.on('upgrade', late('HTTP-protocol-error'));
  request.on('error', (error) => {
    clearTimeout(timer);
    reject(error);
  });
  request.end(wire.body);
  return promise;
}

/** The certificate has to be for the host that was granted, whatever the guest or the environment of the process say. */
function tlsSettings(host: string, { authorities }: MakeRequestOptions): HttpsRequestOptions {
  return {
    servername: isIP(host) === 0 ? host : '',
    rejectUnauthorized: true,
    ...(authorities.length > 0 && { ca: [...nodesAuthorities(), ...authorities] }),
  };
}

function nodesAuthorities(): readonly string[] {
  // Node 20 does not have it; there, certificates that are added by NODE_EXTRA_CA_CERTS are not known here.
  const { getCACertificates } = tls as { getCACertificates?: () => string[] };
  return getCACertificates?.() ?? tls.rootCertificates;
}

/**
 * Resolves a name, checks every address that it has, and has exactly those connected to: a name that resolves to something
 * else the next time changes nothing.
 */
function checkedLookup({ allowPrivate }: WireRequest, { hosts }: MakeRequestOptions): LookupFunction {
  return (name, options, callback) => {
    const answer = (error: NodeJS.ErrnoException | null, addresses: LookupAddress[]): void => {
      if (error !== null) return callback(error, []);
      if (addresses.length === 0) return callback(new Refused({ tag: 'destination-not-found' }), []);
      if (!allowPrivate && addresses.some(({ address }) => isPrivateAddress(address))) {
        return callback(new Refused({ tag: 'destination-IP-prohibited' }), []);
      }
      const [first] = addresses as [LookupAddress];
      return options.all === true ? callback(null, addresses) : callback(null, first.address, first.family);
    };
    const known = Object.hasOwn(hosts, name) ? hosts[name] : undefined;
    if (known === undefined) lookup(name, { all: true }, answer);
    else
      answer(
        null,
        known.map((address) => ({ address, family: isIP(address) })),
      );
  };
}

async function receive(
  response: IncomingMessage,
  wire: WireRequest,
  { mostBytes }: MakeRequestOptions,
): Promise<WireResponse> {
  const { rawHeaders, statusCode = 0 } = response;
  response.setTimeout(wire.betweenBytesTimeoutMs ?? TIMEOUT_MS, () =>
    response.destroy(new Refused({ tag: 'connection-read-timeout' })),
  );
  const parts: Uint8Array[] = [];
  let length = 0;
  for await (const part of response as AsyncIterable<Uint8Array>) {
    length += part.length;
    if (length > mostBytes) throw new Refused({ tag: 'HTTP-response-body-size', val: BigInt(length) });
    parts.push(part);
  }
  const headers = rawHeaders.flatMap((name, at) =>
    at % 2 === 0 ? [[name, rawHeaders[at + 1] as string] as const] : [],
  );
  return { status: statusCode, headers, body: new Uint8Array(Buffer.concat(parts)) };
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
  ETIMEDOUT: { tag: 'connection-timeout' },
};

function errorCodeFrom(error: unknown): HttpErrorCode {
  if (error instanceof Refused) return error.errorCode;
  const { code = '', message } = error as { code?: string; message: string };
  if (code.startsWith('HPE_')) return { tag: 'HTTP-protocol-error' };
  const alert = alertFrom(message);
  if (alert !== undefined) return alert;
  if (code.startsWith('ERR_SSL_')) return { tag: 'TLS-protocol-error' };
  if (/^(?:ERR_TLS_CERT|CERT|DEPTH_ZERO|SELF_SIGNED|UNABLE_TO|INVALID_|HOSTNAME_MISMATCH)/.test(code)) {
    return { tag: 'TLS-certificate-error' };
  }
  return CODES[code] ?? { tag: 'internal-error', val: undefined };
}

/** What the server said why it ended the connection; OpenSSL says it in its message alone. */
function alertFrom(message: string): HttpErrorCode | undefined {
  const [, name, number] = /(?:alert ([a-z ]+):.*)?SSL alert number (\d+)/.exec(message) ?? [];
  if (number === undefined) return undefined;
  return { tag: 'TLS-alert-received', val: { alertId: Number(number), alertMessage: name } };
}

/** Promise.withResolvers, which Node 20 does not have. */
function withResolvers<T>() {
  let resolve!: (value: T) => void;
  let reject!: (reason: unknown) => void;
  const promise = new Promise<T>((yes, no) => {
    resolve = yes;
    reject = no;
  });
  return { promise, resolve, reject };
}
