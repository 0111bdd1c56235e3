import type { ByteReader } from '../../binary/index.js';
import type { Sort } from '../model.js';

const CORE_EXTERNAL: Record<number, Sort> = {
  0x00: 'core-func',
  0x01: 'core-table',
  0x02: 'core-memory',
  0x03: 'core-global',
  0x04: 'core-tag',
};

const EXTERNAL: Record<number, Sort> = {
  0x01: 'func',
  0x02: 'value',
  0x03: 'type',
  0x04: 'component',
  0x05: 'instance',
};

/** A `sort` as its bytes: the second one only behind a first one of 0. */
export interface SortBytes {
  first: number;
  second: number | undefined;
}

/** @throws {ModuleError} WP_MODULE_MALFORMED */
export function readSortBytes(reader: ByteReader): SortBytes {
  const first = reader.byte();
  return { first, second: first === 0 ? reader.byte() : undefined };
}

/**
 * Reads the sort of a component's import or export.
 * @throws {ModuleError} WP_MODULE_MALFORMED
 */
export function readExternalSort(reader: ByteReader): Sort {
  return externalSort(reader, readSortBytes(reader));
}

/**
 * Reads the sort of a core instance's export.
 * @throws {ModuleError} WP_MODULE_MALFORMED
 */
export function readCoreExternalSort(reader: ByteReader): Sort {
  return coreExternalSort(reader, reader.byte());
}

/** @throws {ModuleError} WP_MODULE_MALFORMED unless a component can import or export that sort */
export function externalSort(reader: ByteReader, { first, second }: SortBytes): Sort {
  if (second !== undefined) {
    if (second === 0x11) return 'core-module';
    throw reader.leadingByte(second, 'component external kind');
  }
  const sort = EXTERNAL[first];
  if (sort === undefined) throw reader.leadingByte(first, 'component external kind');
  return sort;
}

/** @throws {ModuleError} WP_MODULE_MALFORMED unless a core instance can export that sort */
export function coreExternalSort(reader: ByteReader, byte: number): Sort {
  const sort = CORE_EXTERNAL[byte];
  if (sort === undefined) throw reader.leadingByte(byte, 'core external kind');
  return sort;
}

/** @throws {ModuleError} WP_MODULE_MALFORMED unless an outer alias can name that sort */
export function outerSort(reader: ByteReader, { first, second }: SortBytes): Sort {
  if (second === 0x10) return 'core-type';
  if (second === 0x11) return 'core-module';
  if (first === 0x03) return 'type';
  if (first === 0x04) return 'component';
  throw reader.leadingByte(second ?? first, 'component outer alias kind');
}
