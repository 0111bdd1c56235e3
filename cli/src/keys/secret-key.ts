import {
  createPrivateKey,
  createPublicKey,
  generateKeyPairSync,
  randomBytes,
  scrypt,
  type KeyObject,
} from 'node:crypto';
import { blake2b } from '@noble/hashes/blake2.js';
import { keyIdOf } from '@wasm-plugin/abi/trust';
import { CliError } from '../cli-error.js';

/** A secret key of minisign, unlocked. */
export interface SecretKey {
  /** As minisign shows it: 16 hexadecimal digits. */
  readonly id: string;
  /** The same, as 8 bytes. */
  readonly number: Uint8Array;
  readonly key: KeyObject;
}

/** The text of two files that belong together. */
export interface KeyFiles {
  readonly id: string;
  readonly secret: string;
  readonly public: string;
}

/** An Ed25519 signature, scrypt if there is a password, BLAKE2b for the checksum. */
const ALGORITHM = Buffer.from('Ed');
const WITH_PASSWORD = Buffer.from('Sc');
const WITHOUT_PASSWORD = Buffer.from([0, 0]);
const CHECKSUM = Buffer.from('B2');
const FILE_BYTES = 158;
/** Parameters of scrypt in minisign: 2^20 rounds and 1 GiB, in libsodium's terms. */
const OPERATIONS = 33_554_432n;
const MEMORY = 1_073_741_824n;
/** Nobody may make us take more than minisign does. */
const MOST_LOG2 = 20;

/** Makes a key pair. @param password - the empty text: the secret key is not locked */
export async function makeKeyFiles(password: string): Promise<KeyFiles> {
  const { privateKey } = generateKeyPairSync('ed25519');
  const { d = '', x = '' } = privateKey.export({ format: 'jwk' });
  const [seed, publicBytes] = [Buffer.from(d, 'base64url'), Buffer.from(x, 'base64url')];
  const number = randomBytes(8);
  const salt = randomBytes(32);
  const content = Buffer.concat([number, seed, publicBytes]);
  const locked = Buffer.concat([content, checksumOf(content)]);
  const isLocked = password !== '';
  const settings = Buffer.alloc(16);
  if (isLocked) {
    settings.writeBigUInt64LE(OPERATIONS, 0);
    settings.writeBigUInt64LE(MEMORY, 8);
    mask(locked, await stretched(password, salt, settings));
  }
  const bytes = [ALGORITHM, isLocked ? WITH_PASSWORD : WITHOUT_PASSWORD, CHECKSUM, salt, settings, locked];
  const id = keyIdOf(number);
  const kind = isLocked ? 'encrypted secret key' : 'secret key, without a password';
  return {
    id,
    secret: `untrusted comment: minisign ${kind} ${id}\n${Buffer.concat(bytes).toString('base64')}\n`,
    public: `untrusted comment: minisign public key ${id}\n${Buffer.concat([ALGORITHM, number, publicBytes]).toString('base64')}\n`,
  };
}

/**
 * Reads a secret key that minisign or `wasm-plugin keygen` wrote.
 * @param password asked for if the key is locked
 * @throws {CliError} it is no such key, or the password is wrong
 */
export async function readSecretKey(
  text: string,
  { source, password }: { source: string; password: () => Promise<string> },
): Promise<SecretKey> {
  const refuse = (reason: string, hint?: string): CliError =>
    new CliError(`Cannot read the secret key "${source}": ${reason}`, { code: 'WP_SIGNATURE', hint });
  const [comment = '', line = ''] = text.split(/\r?\n/);
  const bytes = Buffer.from(line, 'base64');
  if (
    !comment.startsWith('untrusted comment:') ||
    bytes.length !== FILE_BYTES ||
    !starts(bytes, ALGORITHM, 0)
  )
    throw refuse('it is not a secret key of minisign', 'Make one: wasm-plugin keygen');
  const content = Buffer.from(bytes.subarray(54));
  const isLocked = starts(bytes, WITH_PASSWORD, 2);
  if (!isLocked && !starts(bytes, WITHOUT_PASSWORD, 2))
    throw refuse('it is locked in a way that is not known');
  if (isLocked)
    mask(content, await stretched(await password(), bytes.subarray(6, 38), bytes.subarray(38, 54)));
  const checksum = content.subarray(72);
  // minisign leaves it out if there is no password.
  const isLeftOut = !isLocked && checksum.every((byte) => byte === 0);
  if (!isLeftOut && !checksumOf(content.subarray(0, 72)).equals(checksum))
    throw refuse(isLocked ? 'the password is wrong, or it is damaged' : 'it is damaged');
  const [d, x] = [content.subarray(8, 40), content.subarray(40, 72)].map((each) =>
    each.toString('base64url'),
  );
  const key = createPrivateKey({ key: { kty: 'OKP', crv: 'Ed25519', d, x } as never, format: 'jwk' });
  const { x: own } = createPublicKey(key).export({ format: 'jwk' });
  if (own !== x) throw refuse('its two halves do not belong together');
  return { id: keyIdOf(content.subarray(0, 8)), number: content.subarray(0, 8), key };
}

function checksumOf(content: Uint8Array): Buffer {
  return Buffer.from(blake2b(Buffer.concat([ALGORITHM, content]), { dkLen: 32 }));
}

function starts(bytes: Buffer, with_: Buffer, at: number): boolean {
  return bytes.subarray(at, at + with_.length).equals(with_);
}

function mask(bytes: Buffer, stream: Buffer): void {
  for (let index = 0; index < bytes.length; index++)
    bytes[index] = (bytes[index] as number) ^ (stream[index] as number);
}

/** Stretches a password as libsodium's `crypto_pwhash_scryptsalsa208sha256` does. */
function stretched(password: string, salt: Uint8Array, settings: Buffer): Promise<Buffer> {
  const { log2, parallel } = scryptSettings(settings.readBigUInt64LE(0), settings.readBigUInt64LE(8));
  const options = { N: 2 ** log2, r: 8, p: parallel, maxmem: 2 ** 31 - 1 };
  return new Promise((resolve, reject) => {
    scrypt(password, salt, 104, options, (error, bytes) => (error ? reject(error) : resolve(bytes)));
  });
}

/** Turns libsodium's limits into scrypt's parameters, with its rule. */
function scryptSettings(operations: bigint, memory: bigint): { log2: number; parallel: number } {
  const ops = operations < 32_768n ? 32_768n : operations;
  const byOperations = ops < memory / 32n;
  const most = byOperations ? ops / 32n : memory / 1024n;
  let log2 = 1;
  while (log2 < MOST_LOG2 && 1n << BigInt(log2) <= most / 2n) log2++;
  if (byOperations) return { log2, parallel: 1 };
  return { log2, parallel: Math.min(16, Math.max(1, Number(ops / 4n / (1n << BigInt(log2)) / 8n))) };
}
