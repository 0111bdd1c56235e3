import { createPrivateKey, sign, X509Certificate } from 'node:crypto';
import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { Identity } from '../../support/identity.js';

/** Returns the actions that a user may take: of the registry's words, such as `pull` and `push`. */
export type Allows = (user: string | undefined, scope: { type: string; name: string }) => string[];

/** A request for a token. */
export interface AskedToken {
  user: string | undefined;
  service: string | null;
  scopes: string[];
}

export const SERVICE = 'test-registry';
export const ISSUER = 'test-issuer';

/**
 * Starts a server on loopback that gives tokens as the registry's protocol says (docker.com: "Token Authentication"), signed with a
 * key that the registry knows.
 * @param passwords of its users
 */
export async function tokenServer(
  { cert, key }: Identity,
  { passwords, allows }: { passwords: Record<string, string>; allows: Allows },
) {
  const asked: AskedToken[] = [];
  const server = createServer((request, response) => {
    const { searchParams } = new URL(request.url ?? '', 'http://localhost');
    const [, basic] = /^Basic (.*)$/.exec(request.headers.authorization ?? '') ?? [];
    const [user, password] = basic === undefined ? [] : Buffer.from(basic, 'base64').toString().split(':');
    const scopes = searchParams.getAll('scope');
    asked.push({ user, service: searchParams.get('service'), scopes });
    if (user !== undefined && passwords[user] !== password) {
      response.writeHead(401).end('{"details":"incorrect username or password"}');
      return;
    }
    const access = scopes.map((scope) => {
      const [type = '', name = '', wanted = ''] = scope.split(':');
      const allowed = allows(user, { type, name });
      return { type, name, actions: wanted.split(',').filter((action) => allowed.includes(action)) };
    });
    response.end(JSON.stringify({ token: tokenOf({ cert, key }, { sub: user ?? '', access }) }));
  }).listen(0, '127.0.0.1');
  await once(server, 'listening');
  return {
    realm: `http://127.0.0.1:${(server.address() as AddressInfo).port}/token`,
    asked,
    close: (): void => void server.close(),
  };
}

function tokenOf({ cert, key }: Identity, claims: object): string {
  const now = Math.floor(Date.now() / 1000);
  const times = { iat: now, nbf: now - 60, exp: now + 300 };
  const x5c = [new X509Certificate(cert).raw.toString('base64')];
  const head = part({ typ: 'JWT', alg: 'ES256', x5c });
  const body = part({ iss: ISSUER, aud: SERVICE, jti: String(now), ...times, ...claims });
  const signature = sign('sha256', Buffer.from(`${head}.${body}`), {
    key: createPrivateKey(key),
    dsaEncoding: 'ieee-p1363',
  });
  return `${head}.${body}.${signature.toString('base64url')}`;
}

function part(value: object): string {
  return Buffer.from(JSON.stringify(value)).toString('base64url');
}
