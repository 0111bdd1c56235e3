import type { ByteReader } from './byte-reader.js';
import type { ByteWriter } from './byte-writer.js';

/** Encodes and decodes values of one type. */
export interface Codec {
  /**
   * @param path where the value stands, for the error, e.g. `setup.channels`
   * @throws {TypeError} the value does not fit the type
   */
  encode(writer: ByteWriter, value: unknown, path: string): void;
  /** @throws {PluginError} WP_BRIDGE the bytes are no value of the type */
  decode(reader: ByteReader): unknown;
}

/** Returns the error of a value that does not fit its type. */
export function misfit(path: string, wanted: string, value: unknown): TypeError {
  const found = value === null ? 'null' : Array.isArray(value) ? 'an array' : describe(value);
  return new TypeError(`Cannot pass "${path}": it must be ${wanted}, it is ${found}`);
}

function describe(value: unknown): string {
  if (typeof value === 'string') return JSON.stringify(value.length > 40 ? `${value.slice(0, 40)}…` : value);
  if (typeof value === 'number' || typeof value === 'boolean' || value === undefined) return String(value);
  if (typeof value === 'bigint') return `${value}n`;
  return typeof value === 'object' ? 'an object' : `a ${typeof value}`;
}
