import { createHmac, randomBytes, timingSafeEqual } from 'node:crypto';
import { PluginError } from '@wasm-plugin/abi';

/** The secret that a side shares with each plugin, by id, in text or bytes of at least 16; a host that says no id is `""`. */
export type Secrets = Readonly<Record<string, string | Uint8Array>>;

/** The form of a token: version, when it ends in seconds since 1970, a number used once, and who knows the secret. */
const FORM = /^1\.(\d{1,12})\.([A-Za-z0-9_-]{22,64})\.([A-Za-z0-9_-]{43})$/;

/** Longest validity of a token, in seconds. Its number is kept as long. */
const MOST_SECONDS = 300;

/** Numbers that are kept at once. */
const MOST_NUMBERS = 100_000;

const LEAST_SECRET_BYTES = 16;

/** Options of a token. */
export interface TokenOptions {
  /** Validity in seconds. At most 300. @default 60 */
  seconds?: number;
  /** Milliseconds since 1970. @default Date.now */
  now?: () => number;
}

/**
 * Makes a token that lets a side in once: proof that it knows the secret, which itself does not travel.
 * @param id the id that the side says in its line; empty if it says none
 */
export function createToken(
  secret: string | Uint8Array,
  id: string,
  { seconds = 60, now = Date.now }: TokenOptions = {},
): string {
  const expires = String(Math.floor(now() / 1000) + seconds);
  const number = randomBytes(16).toString('base64url');
  return `1.${expires}.${number}.${proof(secret, { id, expires, number }).toString('base64url')}`;
}

interface Proven {
  id: string;
  expires: string;
  number: string;
}

function proof(secret: string | Uint8Array, { id, expires, number }: Proven): Buffer {
  if (Buffer.byteLength(secret) < LEAST_SECRET_BYTES)
    throw new RangeError(`Cannot use the secret: it has fewer than ${LEAST_SECRET_BYTES} bytes`);
  return createHmac('sha256', secret).update(`wasm-plugin-rpc 1\n${id}\n${expires}\n${number}`).digest();
}

/** Lets sides in by their tokens, each token once. */
export class TokenCheck {
  readonly #secrets: Secrets;
  readonly #now: () => number;
  /** Numbers that were used, with the second in which their tokens end. */
  readonly #used = new Map<string, number>();
  #sweptAt = 0;

  constructor(secrets: Secrets, now: () => number = Date.now) {
    this.#secrets = secrets;
    this.#now = now;
  }

  /** @throws {PluginError} WP_BRIDGE the token does not let the side in */
  admit({ id = '', token }: { id?: string; token?: string }): void {
    if (token === undefined) throw refused(id, 'it has no token');
    const [, expires, number, mac] = FORM.exec(token) ?? [];
    if (expires === undefined || number === undefined || mac === undefined)
      throw refused(id, 'its token is of no known form');
    const secret = Object.hasOwn(this.#secrets, id) ? this.#secrets[id] : undefined;
    // Without a secret the same work is done, so that the time does not tell which ids there are.
    const wanted = proof(secret ?? randomBytes(32), { id, expires, number });
    const given = Buffer.from(mac, 'base64url');
    const fits = given.length === wanted.length && timingSafeEqual(given, wanted);
    if (!fits || secret === undefined) throw refused(id, 'its token is wrong');
    this.#useOnce(id, { expires: Number(expires), number });
  }

  #useOnce(id: string, { expires, number }: { expires: number; number: string }): void {
    const now = this.#now() / 1000;
    if (expires <= now) throw refused(id, 'its token has expired');
    if (expires > now + MOST_SECONDS) throw refused(id, `its token holds for more than ${MOST_SECONDS} s`);
    if (now - this.#sweptAt >= 1) {
      this.#sweptAt = now;
      for (const [each, end] of this.#used) if (end <= now) this.#used.delete(each);
    }
    if (this.#used.has(number)) throw refused(id, 'its token was used before');
    if (this.#used.size >= MOST_NUMBERS) throw refused(id, 'too many tokens were used in a short time');
    this.#used.set(number, expires);
  }
}

function refused(id: string, reason: string): PluginError {
  return new PluginError('WP_BRIDGE', `Cannot let ${JSON.stringify(id)} in: ${reason}`);
}
