import { StateError } from '@wasm-plugin/abi';
import type { SavedState } from './saved-state.js';
import { sha256 } from './sha256.js';

/** `WPST`. */
const MAGIC = [0x57, 0x50, 0x53, 0x54] as const;
const FORMAT = 1;
const HASH_BYTES = 32;
/** A mark at the beginning of a text is a part of it. */
const TEXT = new TextDecoder('utf-8', { ignoreBOM: true });

/** Hashes parts as if they were one, to 32 bytes. */
export type Digest = (...parts: readonly Uint8Array[]) => Uint8Array;

/** Options of envelopes. */
export interface EnvelopeOptions {
  /** SHA-256 by faster means than our own. */
  digest?: Digest;
  /** The plugin whose state it should be. */
  plugin?: string;
  /** Origin of the bytes, for messages. @default 'a state' */
  source?: string;
}

/**
 * Wraps a state so that a reader can verify that it is whole:
 *
 * ```
 * magic "WPST" · format u16 · ABI version, plugin id, plugin version: u16 length + UTF-8 each
 * · schema u32 · saved at f64 (ms since 1970) · payload length u32 · SHA-256 of all but itself · payload
 * ```
 *
 * Numbers are little-endian.
 * @throws {StateError} WP_STATE a text has more than 65,535 bytes
 */
export function encodeEnvelope(
  state: SavedState,
  { digest = sha256 }: EnvelopeOptions = {},
): Uint8Array<ArrayBuffer> {
  const texts = [state.abi, state.plugin, state.version].map((text) => new TextEncoder().encode(text));
  if (texts.some(({ length }) => length > 0xffff)) {
    throw new StateError('Cannot write a state: an id or a version has more than 65535 bytes', {});
  }
  const { payload } = state;
  const headBytes = texts.reduce((sum, text) => sum + 2 + text.length, 6) + 16;
  const bytes = new Uint8Array(headBytes + HASH_BYTES + payload.length);
  const view = new DataView(bytes.buffer);
  bytes.set(MAGIC);
  view.setUint16(4, FORMAT, true);
  let at = 6;
  for (const text of texts) {
    view.setUint16(at, text.length, true);
    bytes.set(text, at + 2);
    at += 2 + text.length;
  }
  view.setUint32(at, state.schema, true);
  view.setFloat64(at + 4, state.savedAt, true);
  view.setUint32(at + 12, payload.length, true);
  bytes.set(payload, headBytes + HASH_BYTES);
  bytes.set(digest(bytes.subarray(0, headBytes), payload), headBytes);
  return bytes;
}

/**
 * Unwraps a state. The payload is a view of the bytes.
 * @throws {StateError} WP_STATE for bytes that are no envelope, torn or changed, or the state of another plugin
 */
export function decodeEnvelope(bytes: Uint8Array, options: EnvelopeOptions = {}): SavedState {
  const { digest = sha256, plugin, source = 'a state' } = options;
  const refuse = (reason: string): StateError =>
    new StateError(`Cannot read ${source}: ${reason}`, { plugin });
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  let at = 0;
  const take = (count: number, what: string): number => {
    if (at + count > bytes.length)
      throw refuse(`it is torn: it ends after ${bytes.length} bytes, in ${what}`);
    at += count;
    return at - count;
  };
  const text = (what: string): string => {
    const length = view.getUint16(take(2, what), true);
    const start = take(length, what);
    return TEXT.decode(bytes.subarray(start, start + length));
  };
  take(4, 'the magic');
  if (MAGIC.some((byte, index) => bytes[index] !== byte)) throw refuse('it does not begin with "WPST"');
  const format = view.getUint16(take(2, 'the format'), true);
  if (format !== FORMAT) throw refuse(`it has the format ${format}; wanted ${FORMAT}`);
  const [abi, id, version] = [text('the ABI version'), text('the plugin id'), text('the plugin version')];
  const schema = view.getUint32(take(4, 'the schema'), true);
  const savedAt = view.getFloat64(take(8, 'the time'), true);
  const length = view.getUint32(take(4, 'the length'), true);
  const head = bytes.subarray(0, at);
  const hash = bytes.subarray(take(HASH_BYTES, 'the checksum'), at);
  const payload = bytes.subarray(take(length, 'the payload'), at);
  if (at !== bytes.length) throw refuse(`${bytes.length - at} bytes follow its end`);
  const found = digest(head, payload);
  if (found.some((byte, index) => byte !== hash[index]))
    throw refuse('its checksum is wrong: it was changed');
  if (plugin !== undefined && id !== plugin) throw refuse(`it is the state of "${id}"; wanted "${plugin}"`);
  return { plugin: id, version, schema, abi, savedAt, payload };
}
