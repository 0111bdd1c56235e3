import { packageError, refusePath } from './plugin-files.js';

/** A file in a zip, as its central directory has it. */
export interface ZipEntry {
  path: string;
  /** Whether the bytes are deflated; otherwise they are stored. */
  deflated: boolean;
  crc: number;
  packedBytes: number;
  bytes: number;
  /** Where its local header begins. */
  at: number;
}

/** How much a packed plugin may unpack to. */
export interface PackedLimits {
  /** @default 10000 */
  files?: number;
  /** Of all files together. @default 256 MiB */
  totalBytes?: number;
  /** A file may be this many times larger than its packed bytes. @default 1000 */
  ratio?: number;
}

const END = 0x06054b50;
const CENTRAL = 0x02014b50;
const END_BYTES = 22;
const LONGEST_COMMENT = 65_535;
const DEFLATED = 8;
const SYMLINK = 0o120000;

/**
 * Reads the directory of a zip. Refused: paths that lead out or are there twice (also but for case), symbolic links,
 * encryption, methods other than stored and deflated, zip64, and more than the limits allow, before anything is unpacked.
 * @throws {PluginError} WP_PACKAGE
 */
export function readZipDirectory(data: Uint8Array, source: string, limits: PackedLimits = {}): ZipEntry[] {
  const view = new DataView(data.buffer, data.byteOffset, data.byteLength);
  const end = findEnd(view);
  if (end === undefined) throw packageError(source, 'it is no zip file');
  const count = view.getUint16(end + 10, true);
  const mostFiles = limits.files ?? 10_000;
  if (count === 0xffff) throw packageError(source, 'it is a zip64 file, which is not supported');
  if (count > mostFiles)
    throw packageError(source, `it has ${count} files; at most ${mostFiles} are allowed`);
  const entries: ZipEntry[] = [];
  let at = view.getUint32(end + 16, true);
  for (let index = 0; index < count; index++) {
    if (at + 46 > end || view.getUint32(at, true) !== CENTRAL) {
      throw packageError(source, 'its directory is damaged');
    }
    const entry = readEntry(view, data, at, source);
    if (entry !== undefined) entries.push(entry);
    at += 46 + view.getUint16(at + 28, true) + view.getUint16(at + 30, true) + view.getUint16(at + 32, true);
  }
  refuseDuplicates(entries, source);
  refuseBombs(entries, source, limits);
  return entries;
}

function findEnd(view: DataView): number | undefined {
  const last = view.byteLength - END_BYTES;
  for (let at = last; at >= Math.max(0, last - LONGEST_COMMENT); at--) {
    if (
      view.getUint32(at, true) === END &&
      at + END_BYTES + view.getUint16(at + 20, true) === view.byteLength
    )
      return at;
  }
  return undefined;
}

function readEntry(view: DataView, data: Uint8Array, at: number, source: string): ZipEntry | undefined {
  const nameBytes = view.getUint16(at + 28, true);
  const path = new TextDecoder().decode(data.subarray(at + 46, at + 46 + nameBytes));
  const flags = view.getUint16(at + 8, true);
  const method = view.getUint16(at + 10, true);
  const madeBy = view.getUint8(at + 5);
  const mode = view.getUint32(at + 38, true) >>> 16;
  if (path.endsWith('/')) return undefined;
  refusePath(path, source);
  const refuse = (reason: string): Error => packageError(source, `${JSON.stringify(path)} ${reason}`);
  if (flags & 1) throw refuse('is encrypted');
  if (method !== 0 && method !== DEFLATED)
    throw refuse(`is packed by method ${method}; only 0 and 8 are supported`);
  if (madeBy === 3 && (mode & 0o170000) === SYMLINK) throw refuse('is a symbolic link');
  return {
    path,
    deflated: method === DEFLATED,
    crc: view.getUint32(at + 16, true),
    packedBytes: view.getUint32(at + 20, true),
    bytes: view.getUint32(at + 24, true),
    at: view.getUint32(at + 42, true),
  };
}

function refuseDuplicates(entries: readonly ZipEntry[], source: string): void {
  const seen = new Set<string>();
  for (const { path } of entries) {
    const key = path.normalize('NFC').toLowerCase();
    if (seen.has(key)) throw packageError(source, `${JSON.stringify(path)} is there twice`);
    seen.add(key);
  }
}

function refuseBombs(entries: readonly ZipEntry[], source: string, limits: PackedLimits): void {
  const mostBytes = limits.totalBytes ?? 2 ** 28;
  const ratio = limits.ratio ?? 1000;
  const total = entries.reduce((sum, { bytes }) => sum + bytes, 0);
  if (total > mostBytes)
    throw packageError(source, `it unpacks to ${total} bytes; at most ${mostBytes} are allowed`);
  for (const { path, bytes, packedBytes } of entries) {
    if (bytes <= Math.max(packedBytes, 64) * ratio) continue;
    throw packageError(source, `${JSON.stringify(path)} unpacks to more than ${ratio} times its size`);
  }
}
