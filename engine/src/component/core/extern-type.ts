import type { ByteReader } from '../../binary/index.js';
import type { CoreExternType } from '../model.js';
import { readCoreRefType, readCoreValType } from './val-type.js';

type TableType = CoreExternType & { kind: 'table' };
type MemoryType = CoreExternType & { kind: 'memory' };
type GlobalType = CoreExternType & { kind: 'global' };

/** The default size of a page of a memory: 64 KiB. */
const PAGE_SIZE_LOG2 = 16;

/**
 * Reads the type of something a core module imports, or a core module type exports.
 * @throws {ModuleError} WP_MODULE_MALFORMED
 */
export function readCoreExternType(reader: ByteReader): CoreExternType {
  const kind = reader.byte();
  switch (kind) {
    case 0x00:
      return { kind: 'func', type: reader.u32() };
    case 0x01:
      return readCoreTableType(reader);
    case 0x02:
      return readCoreMemoryType(reader);
    case 0x03:
      return readCoreGlobalType(reader);
    case 0x04:
      return readCoreTagType(reader);
    default:
      throw reader.leadingByte(kind, 'core external kind');
  }
}

/** @throws {ModuleError} WP_MODULE_MALFORMED */
export function readCoreTableType(reader: ByteReader): TableType {
  const element = readCoreRefType(reader);
  const { minimum, maximum, shared, index64 } = readLimits(reader, 0x07);
  return { kind: 'table', element, shared, minimum, ...(maximum !== undefined && { maximum }), index64 };
}

/** @throws {ModuleError} WP_MODULE_MALFORMED */
export function readCoreMemoryType(reader: ByteReader): MemoryType {
  const { minimum, maximum, shared, index64, pageSizeLog2 } = readLimits(reader, 0x0f);
  return {
    kind: 'memory',
    minimum,
    ...(maximum !== undefined && { maximum }),
    shared,
    index64,
    pageSizeLog2: pageSizeLog2 ?? PAGE_SIZE_LOG2,
  };
}

/** @throws {ModuleError} WP_MODULE_MALFORMED */
export function readCoreGlobalType(reader: ByteReader): GlobalType {
  const type = readCoreValType(reader);
  const flags = reader.byte();
  if (flags > 3) throw reader.leadingByte(flags, 'core global mutability');
  return { kind: 'global', type, mutable: (flags & 1) !== 0, shared: (flags & 2) !== 0 };
}

/** @throws {ModuleError} WP_MODULE_MALFORMED */
export function readCoreTagType(reader: ByteReader): CoreExternType & { kind: 'tag' } {
  reader.zero('core tag attribute');
  return { kind: 'tag', type: reader.u32() };
}

interface Limits {
  minimum: bigint;
  maximum?: bigint;
  shared: boolean;
  index64: boolean;
  pageSizeLog2?: number;
}

function readLimits(reader: ByteReader, allowed: number): Limits {
  const flags = reader.byte();
  if ((flags & ~allowed) !== 0) throw reader.leadingByte(flags, 'core limits');
  const index64 = (flags & 4) !== 0;
  const bound = (): bigint => (index64 ? reader.u64() : BigInt(reader.u32()));
  const limits: Limits = { minimum: bound(), shared: (flags & 2) !== 0, index64 };
  if (flags & 1) limits.maximum = bound();
  if (flags & 8) limits.pageSizeLog2 = reader.u32();
  return limits;
}
