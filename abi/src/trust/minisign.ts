import { PluginError } from '../errors.js';

/** A public key of minisign: an Ed25519 key with a number that signatures refer to. */
export interface PublicKey {
  /** As minisign shows it: 16 hexadecimal digits. */
  readonly id: string;
  /** 32 bytes. */
  readonly key: Uint8Array;
}

/** A signature of minisign. */
export interface Signature {
  /** The number of the key, as 16 hexadecimal digits. */
  readonly keyId: string;
  /** True if the BLAKE2b-512 of the content is signed in place of the content. */
  readonly isPrehashed: boolean;
  /** 64 bytes, over the content. */
  readonly signature: Uint8Array;
  /** A text that is signed too. */
  readonly comment: string;
  /** 64 bytes, over the signature and the comment. */
  readonly commentSignature: Uint8Array;
}

const UNTRUSTED = 'untrusted comment:';
const TRUSTED = 'trusted comment: ';
const LONGEST = 16_384;

/**
 * Reads a public key as minisign writes it: the line that begins with `RW`, or the whole file, with its comment.
 * @throws {PluginError} WP_SIGNATURE
 */
export function parsePublicKey(text: string): PublicKey {
  const lines = linesOf(text);
  const [line = '', ...more] = lines.length > 1 && lines[0]?.startsWith(UNTRUSTED) ? lines.slice(1) : lines;
  const bytes = more.length > 0 ? undefined : bytesOf(line, 42);
  if (bytes === undefined || algorithmOf(bytes) !== 'Ed') {
    throw new PluginError(
      'WP_SIGNATURE',
      `Cannot read the key ${quoted(text)}: wanted a public key of minisign, a line of 56 characters that begins with "RW"`,
    );
  }
  return { id: keyIdOf(bytes.subarray(2, 10)), key: bytes.slice(10) };
}

/**
 * Reads a signature as minisign writes it: four lines.
 * @param source names it in messages
 * @throws {PluginError} WP_SIGNATURE
 */
export function parseSignature(text: string, source: string): Signature {
  const [untrusted, first = '', trusted, second = '', ...more] = text.length > LONGEST ? [] : linesOf(text);
  const bytes = bytesOf(first, 74);
  const commentSignature = bytesOf(second, 64);
  const algorithm = bytes === undefined ? '' : algorithmOf(bytes);
  const isWhole =
    untrusted?.startsWith(UNTRUSTED) === true && trusted?.startsWith(TRUSTED) === true && more.length === 0;
  if (!isWhole || bytes === undefined || commentSignature === undefined || !/^E[dD]$/.test(algorithm)) {
    throw new PluginError(
      'WP_SIGNATURE',
      `Cannot read the signature "${source}": wanted the four lines that minisign writes`,
    );
  }
  return {
    keyId: keyIdOf(bytes.subarray(2, 10)),
    isPrehashed: algorithm === 'ED',
    signature: bytes.slice(10),
    comment: trusted.slice(TRUSTED.length),
    commentSignature,
  };
}

/** Returns the number of a key as minisign shows it. */
export function keyIdOf(number: Uint8Array): string {
  return [...number]
    .toReversed()
    .map((byte) => byte.toString(16).padStart(2, '0'))
    .join('')
    .toUpperCase();
}

function linesOf(text: string): string[] {
  const lines = text.split(/\r?\n/);
  while (lines.at(-1)?.trim() === '') lines.pop();
  return lines;
}

function algorithmOf(bytes: Uint8Array): string {
  return String.fromCharCode(bytes[0] as number, bytes[1] as number);
}

/** Decodes base64 of a known length; `undefined` for anything else. */
function bytesOf(text: string, length: number): Uint8Array | undefined {
  if (!/^[A-Za-z0-9+/]+={0,2}$/.test(text) || text.length !== Math.ceil(length / 3) * 4) return undefined;
  const bytes = Uint8Array.from(atob(text), (each) => each.charCodeAt(0));
  return bytes.length === length ? bytes : undefined;
}

function quoted(text: string): string {
  return JSON.stringify(text.length > 60 ? `${text.slice(0, 60)}…` : text);
}
