import { covers, GuestError, type Capability } from '@wasm-plugin/abi';
import { HOST_ONLY } from '../host-only.js';
import { IoError, ioErrorCodes } from '../io/index.js';
import { fieldsClass, wireFields } from './fields.js';
import { FutureTrailers, IncomingBody } from './incoming-body.js';
import { FutureIncomingResponse, IncomingResponse } from './incoming-response.js';
import { OutgoingBody } from './outgoing-body.js';
import {
  outgoingRequestClass,
  parseAuthority,
  requestParts,
  UNSENT,
  type OutgoingRequest,
  type RequestContext,
  type RequestParts,
} from './outgoing-request.js';
import { PendingRequest } from './pending-request.js';
import { RequestOptions } from './request-options.js';
import { IncomingRequest, OutgoingResponse, ResponseOutparam } from './server-resources.js';
import type { HttpErrorCode, HttpTransport, WireRequest } from './transport.js';

/** Parts that the interfaces are made of. */
export interface HttpContext extends RequestContext {
  readonly transport: HttpTransport | undefined;
}

/**
 * The interfaces of `wasi:http` for a client. A request to a host that is not granted is refused with the error code
 * `HTTP-request-denied`; redirects are not followed, so each hop is a request of its own.
 */
export function httpImports(context: HttpContext): Record<string, unknown> {
  const { held, waiter, transport } = context;
  const Fields = fieldsClass(held);
  return {
    'wasi:http/types@0.2.0': {
      Fields,
      IncomingRequest,
      OutgoingRequest: outgoingRequestClass(context),
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
        const { body, ...parts } = requestParts(request);
        const release = (): void => request[Symbol.dispose]();
        try {
          const wire = wireRequest(context, parts, options);
          const announced = parts.headers
            .get('content-length')
            .some((value) => value.some((byte) => byte !== 0x30));
          if (body === undefined && announced) throw refusal('HTTP-request-body-size');
          if (transport === undefined) throw refusal('internal-error', 'this host has no HTTP client');
          const pending = new PendingRequest({ transport, wire, release, body, waiter, Fields });
          return new FutureIncomingResponse(HOST_ONLY, pending);
        } catch (error) {
          release();
          body?.fail(UNSENT);
          throw error;
        }
      },
    },
  };
}

/** Checks a request and puts it into the form in which it is sent, without its body. */
function wireRequest(
  { gate }: RequestContext,
  parts: Omit<RequestParts, 'body'>,
  options: RequestOptions | undefined,
): WireRequest {
  const https = (parts.scheme?.tag ?? 'HTTPS') === 'HTTPS';
  if (!https && parts.scheme?.tag !== 'HTTP') throw refusal('HTTP-protocol-error');
  const authority = parts.authority === undefined ? undefined : parseAuthority(parts.authority);
  if (authority === undefined) throw refusal('HTTP-request-URI-invalid');
  const { tag, val = '' } = parts.method;
  const method = tag === 'other' ? val : tag.toUpperCase();
  if (method.toUpperCase() === 'CONNECT') throw refusal('HTTP-request-method-invalid');
  const { host, port = https ? 443 : 80 } = authority;
  const request: HttpCapability = { kind: 'http', host, port };
  if (!gate.allows(request)) throw refusal('HTTP-request-denied');
  const path = parts.path ?? '/';
  return {
    method,
    https,
    host,
    port,
    path: path.startsWith('?') || path === '' ? `/${path}` : path,
    headers: wireFields(parts.headers),
    body: 'none',
    privateAddresses: privateAddresses(request, gate),
    connectTimeoutMs: millis(options?.connectTimeout()),
    firstByteTimeoutMs: millis(options?.firstByteTimeout()),
    betweenBytesTimeoutMs: millis(options?.betweenBytesTimeout()),
  };
}

type HttpCapability = Extract<Capability, { kind: 'http' }>;

/**
 * Returns the private addresses that a request may go to: an address or `localhost` that the grant names itself; for another
 * name, those in networks that the host names for it. A pattern allows neither.
 *
 * One grant must allow both the exception and this request, and so must one permission of the manifest; several never add up.
 */
function privateAddresses(
  request: HttpCapability,
  { permissions, grants }: RequestContext['gate'],
): WireRequest['privateAddresses'] {
  const names = (each: Capability): boolean =>
    each.kind === 'http' && each.host === request.host && covers(each, request);
  if (!permissions.some(names) || !grants.some(names)) return 'none';
  return /^(?:\d+\.\d+\.\d+\.\d+|\[.*\]|localhost)$/.test(request.host) ? 'all' : 'networks';
}

function millis(ns: bigint | undefined): number | undefined {
  return ns === undefined ? undefined : Math.min(Number(ns) / 1e6, 2 ** 31 - 1);
}

function refusal(tag: string, val?: string): GuestError {
  const code: HttpErrorCode = val === undefined ? { tag } : { tag, val };
  return new GuestError(code);
}
