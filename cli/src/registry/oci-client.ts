import type { HeadersFor } from './download-cache.js';
import { registryError } from './registry-error.js';
import { jsonOf, request, type RequestOptions } from './request.js';

/** Credentials, if a registry wants them. */
export interface Credentials {
  readonly user: string;
  readonly password: string;
}

/** An address such as `oci://localhost:5000/plugins`. */
export interface OciAddress {
  readonly origin: string;
  /** The beginning of the names of repositories; empty or with a slash at its end. */
  readonly prefix: string;
}

/** Reads an address; loopback is spoken to without TLS, as other tools do. `undefined` if it is none. */
export function parseOciAddress(text: string): OciAddress | undefined {
  const [, secure, host, path = ''] =
    /^oci(\+http)?:\/\/([a-z0-9.-]+(?::\d+)?|\[[0-9a-f:]+\](?::\d+)?)((?:\/[a-z0-9._-]+)*)\/?$/i.exec(text) ??
    [];
  if (host === undefined) return undefined;
  const isPlain = secure !== undefined || /^(?:localhost|127\.\d+\.\d+\.\d+|\[::1\])(?::\d+)?$/i.test(host);
  return {
    origin: `${isPlain ? 'http' : 'https'}://${host}`,
    prefix: path === '' ? '' : `${path.slice(1)}/`,
  };
}

/** Speaks to an OCI registry: signs in if it asks for that. */
export class OciClient {
  readonly #name: string;
  readonly #origin: string;
  readonly #credentials: Credentials | undefined;
  /** Authorization header by repository. */
  readonly #authorizations = new Map<string, string>();

  constructor(name: string, origin: string, credentials: Credentials | undefined) {
    this.#name = name;
    this.#origin = origin;
    this.#credentials = credentials;
  }

  url(path: string): string {
    return `${this.#origin}/v2/${path}`;
  }

  /** Makes a request about a repository. @throws {PluginError} WP_REGISTRY */
  async send(repository: string, url: string, options: RequestOptions = {}): Promise<Response> {
    const { accept = [], headers, ...rest } = options;
    const send = (more: readonly number[]): Promise<Response> => {
      const known = this.#authorizations.get(repository);
      const own = new URL(url).origin === this.#origin && known !== undefined ? { authorization: known } : {};
      return request(this.#name, url, {
        ...rest,
        headers: { ...(headers as Record<string, string>), ...own },
        accept: [...accept, ...more],
      });
    };
    const response = await send([401]);
    if (response.status !== 401) return response;
    await response.body?.cancel();
    const authorization = await this.#signIn(response.headers.get('www-authenticate') ?? '', repository);
    if (authorization === undefined) throw this.#unauthorized(url);
    this.#authorizations.set(repository, authorization);
    const second = await send([401, 403]);
    if (second.status !== 401 && second.status !== 403) return second;
    await second.body?.cancel();
    // A user with a token has said the right password.
    throw authorization.startsWith('Bearer') || second.status === 403
      ? this.#forbidden(url)
      : this.#unauthorized(url);
  }

  /** The headers for a download of a repository. */
  headersFor(repository: string): HeadersFor {
    return async (url) => {
      const known = this.#authorizations.get(repository);
      return known !== undefined && new URL(url).origin === this.#origin ? { authorization: known } : {};
    };
  }

  /** Follows the pages of a list. */
  async *pages(repository: string, first: string): AsyncGenerator<Record<string, unknown>> {
    for (let url: string | undefined = first; url !== undefined;) {
      const response: Response = await this.send(repository, url, { accept: [404] });
      if (response.status === 404) {
        await response.body?.cancel();
        return;
      }
      yield (await jsonOf(this.#name, response)) as Record<string, unknown>;
      const [, next] = /<([^>]+)>;\s*rel="?next"?/.exec(response.headers.get('link') ?? '') ?? [];
      url = next === undefined ? undefined : new URL(next, url).href;
    }
  }

  /** Finds the sign-in: a name and a password, or a token that a server gives for them. */
  async #signIn(challenge: string, repository: string): Promise<string | undefined> {
    const basic =
      this.#credentials &&
      `Basic ${Buffer.from(`${this.#credentials.user}:${this.#credentials.password}`).toString('base64')}`;
    if (/^basic\b/i.test(challenge)) return basic;
    const value = (key: string): string | undefined =>
      new RegExp(`\\b${key}="([^"]*)"`, 'i').exec(challenge)?.[1];
    const realm = value('realm');
    if (!/^bearer\b/i.test(challenge) || realm === undefined || !URL.canParse(realm)) return undefined;
    const url = new URL(realm);
    // The password must not go unencrypted here, unless it already does so on the way to the registry.
    if (url.protocol !== 'https:' && !this.#origin.startsWith('http:'))
      throw registryError(this.#name, `it sends sign-ins to "${realm}", which has no TLS`);
    const service = value('service');
    if (service !== undefined) url.searchParams.set('service', service);
    url.searchParams.set('scope', value('scope') ?? `repository:${repository}:pull,push`);
    const response = await request(this.#name, url.href, {
      ...(basic !== undefined && { headers: { authorization: basic } }),
      accept: [401, 403],
    });
    if (!response.ok) throw this.#unauthorized(realm);
    const { token, access_token: other } = (await jsonOf(this.#name, response)) as Record<string, unknown>;
    const given = token ?? other;
    return typeof given === 'string' ? `Bearer ${given}` : undefined;
  }

  /** The error for who has signed in, and may not do this. */
  #forbidden(url: string): Error {
    if (this.#credentials === undefined) return this.#unauthorized(url);
    const { user } = this.#credentials;
    return registryError(this.#name, `"${url}" is refused: "${user}" may not do this there`);
  }

  #unauthorized(url: string): Error {
    const advice =
      this.#credentials === undefined
        ? 'set WASM_PLUGIN_REGISTRY_USER and WASM_PLUGIN_REGISTRY_PASSWORD'
        : `it does not take the password of "${this.#credentials.user}"`;
    return registryError(this.#name, `"${url}" wants to know who asks; ${advice}`);
  }
}
