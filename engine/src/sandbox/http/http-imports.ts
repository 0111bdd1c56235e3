import { GuestError, type Capability } from '@wasm-plugin/abi';
import type { Gate } from '../gate.js';
import { HOST_ONLY } from '../host-only.js';
import { IoError, ioErrorCodes } from '../io/index.js';
import type { Waiter } from '../waiter.js';
import { FutureTrailers, IncomingBody, OutgoingBody } from './body.js';
import { Fields } from './fields.js';
import { FutureIncomingResponse, IncomingResponse } from './incoming-response.js';
import { OutgoingRequest, parseAuthority, requestParts, type RequestParts } from './outgoing-request.js';
import { RequestOptions } from './request-options.js';
import { IncomingRequest, OutgoingResponse, ResponseOutparam } from './server-resources.js';
import type { HttpErrorCode, HttpTransport, PendingRequest, WireRequest, WireResponse } from './transport.js';

/**
 * The interfaces of `wasi:http` for a client. A request to a host that is not granted is refused with the error code
 * `HTTP-request-denied`; redirects are not followed, so each hop is a request of its own.
 */
export function httpImports(
  gate: Gate,
  waiter: Waiter,
  transport: HttpTransport | undefined,
): Record<string, unknown> {
  return {
    'wasi:http/types@0.2.0': {
      Fields,
      IncomingRequest,
      OutgoingRequest,
      RequestOptions,
      ResponseOutparam,
      IncomingResponse,
      IncomingBody,
      FutureTrailers,
      OutgoingResponse,
      OutgoingBody,
      FutureIncomingResponse,
      httpErrorCode: (error: unknown) => (error instanceof IoError ? ioErrorCodes(error).http : undefined),
    },
    'wasi:http/outgoing-handler@0.2.0': {
      handle(request: OutgoingRequest, options: RequestOptions | undefined): FutureIncomingResponse {
        const parts = requestParts(request);
        const wire = wireRequest(gate, parts, options);
        if (transport === undefined) throw refusal('internal-error', 'this host has no HTTP client');
        return new FutureIncomingResponse(HOST_ONLY, send(transport, { wire, parts, waiter }), waiter);
      },
    },
  };
}

/** Checks a request and puts it into the form in which it is sent, without its body. */
function wireRequest(gate: Gate, parts: RequestParts, options: RequestOptions | undefined): WireRequest {
  const https = (parts.scheme?.tag ?? 'HTTPS') === 'HTTPS';
  if (!https && parts.scheme?.tag !== 'HTTP') throw refusal('HTTP-protocol-error');
  const authority = parts.authority === undefined ? undefined : parseAuthority(parts.authority);
  if (authority === undefined) throw refusal('HTTP-request-URI-invalid');
  const { tag, val = '' } = parts.method;
  const method = tag === 'other' ? val : tag.toUpperCase();
  if (method.toUpperCase() === 'CONNECT') throw refusal('HTTP-request-method-invalid');
  const { host, port = https ? 443 : 80 } = authority;
  const request: Capability = { kind: 'http', host, port };
  if (!gate.allows(request)) throw refusal('HTTP-request-denied');
  const path = parts.path ?? '/';
  return {
    method,
    https,
    host,
    port,
    path: path.startsWith('?') || path === '' ? `/${path}` : path,
    headers: parts.headers.entries().map(([name, value]) => [name, String.fromCharCode(...value)] as const),
    body: new Uint8Array(),
    allowPrivate: isNamed(gate, request.host),
    connectTimeoutMs: millis(options?.connectTimeout()),
    firstByteTimeoutMs: millis(options?.firstByteTimeout()),
    betweenBytesTimeoutMs: millis(options?.betweenBytesTimeout()),
  };
}

/**
 * Whether the host grants a private address by naming it: an address, or `localhost`, in so many words. A name that resolves
 * to one, or a pattern, does not.
 */
function isNamed({ grants }: Gate, host: string): boolean {
  if (!/^(?:\d+\.\d+\.\d+\.\d+|\[.*\]|localhost)$/.test(host)) return false;
  return grants.some((grant) => grant.kind === 'http' && grant.host === host);
}

function send(
  transport: HttpTransport,
  { wire, parts, waiter }: { wire: WireRequest; parts: RequestParts; waiter: Waiter },
): PendingRequest {
  const { body, headers } = parts;
  let sent: PendingRequest | undefined;
  let failed: WireResponse | undefined;
  const start = (): void => {
    const bytes = body?.bytes() ?? new Uint8Array();
    const [declared] = headers.get('content-length').map((value) => String.fromCharCode(...value));
    if (body?.state === 'dropped' || (declared !== undefined && Number(declared) !== bytes.length)) {
      failed = { error: { tag: 'HTTP-request-body-size', val: BigInt(bytes.length) } };
      return;
    }
    sent = transport.send({ ...wire, body: bytes });
  };
  if (body === undefined) start();
  else body.whenDone(start);
  Atomics.add(waiter.bell, 0, 1);
  return { result: () => failed ?? sent?.result(), cancel: () => sent?.cancel() };
}

function millis(ns: bigint | undefined): number | undefined {
  return ns === undefined ? undefined : Math.min(Number(ns) / 1e6, 2 ** 31 - 1);
}

function refusal(tag: string, val?: string): GuestError {
  const code: HttpErrorCode = val === undefined ? { tag } : { tag, val };
  return new GuestError(code);
}
