import { createHash, timingSafeEqual } from 'node:crypto';
import type { IncomingMessage } from 'node:http';

/** Reason that a request is turned away. */
export interface Refusal {
  readonly status: 401 | 403;
  readonly message: string;
}

/**
 * Decides whether a request may come in. Pages of browsers may not, whatever they send: one with an `Origin`, or of another
 * site; nor a name that somebody else's name server leads here. On a port each needs the token.
 * @param token text that each request has to bring; `undefined` for a socket that its file protects
 */
export function refusalOf(request: IncomingMessage, token: string | undefined): Refusal | undefined {
  const { origin, host, authorization } = request.headers;
  const site = request.headers['sec-fetch-site'];
  if (origin !== undefined || (site !== undefined && site !== 'none'))
    return { status: 403, message: 'Cannot enter: requests of web pages are refused' };
  if (token === undefined) return undefined;
  if (host === undefined || !/^(?:localhost|127\.0\.0\.1|\[::1\])(?::\d+)?$/.test(host))
    return { status: 403, message: 'Cannot enter: the address is "localhost" or "127.0.0.1"' };
  if (authorization === undefined || !isEqual(authorization, `Bearer ${token}`))
    return { status: 401, message: 'Cannot enter: the token is missing or wrong' };
  return undefined;
}

/** Compares texts in a time that says nothing about them. */
function isEqual(a: string, b: string): boolean {
  const [left, right] = [a, b].map((text) => createHash('sha256').update(text).digest());
  return timingSafeEqual(left as Buffer, right as Buffer);
}
