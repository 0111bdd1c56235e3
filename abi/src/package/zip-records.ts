import { packageError } from './plugin-files.js';

/** Facts of a file in a zip that fflate does not report. */
export interface ZipRecord {
  encrypted: boolean;
  /** True for a symbolic link. */
  link: boolean;
  crc: number;
  /** Byte offset of the file's own header. */
  offset: number;
}

const END = 0x06054b50;
const END_BYTES = 22;
const ZIP64 = 0x07064b50;
const ZIP64_BYTES = 20;
const CENTRAL = 0x02014b50;
const LOCAL = 0x04034b50;
const LOCAL_BYTES = 30;
const UNIX = 3;
const LINK = 0o120000;

/**
 * Reads the directory of a zip, in its order, except for names and sizes.
 * @throws {PluginError} WP_PACKAGE for bytes that are no zip, are damaged, have more than `mostFiles` files, or are zip64
 */
export function readZipRecords(data: Uint8Array, source: string, mostFiles: number): ZipRecord[] {
  const view = new DataView(data.buffer, data.byteOffset, data.byteLength);
  const end = findEnd(view);
  if (end === undefined) throw packageError(source, 'it is no zip file');
  const count = view.getUint16(end + 8, true);
  if (end >= ZIP64_BYTES && view.getUint32(end - ZIP64_BYTES, true) === ZIP64) {
    throw packageError(source, 'it is a zip64 file, which is not supported');
  }
  if (count > mostFiles)
    throw packageError(source, `it has ${count} files; at most ${mostFiles} are allowed`);
  const records: ZipRecord[] = [];
  let at = view.getUint32(end + 16, true);
  for (let index = 0; index < count; index++) {
    if (at + 46 > end || view.getUint32(at, true) !== CENTRAL) {
      throw packageError(source, 'its directory is damaged');
    }
    records.push({
      encrypted: (view.getUint16(at + 8, true) & 1) === 1,
      link: view.getUint8(at + 5) === UNIX && ((view.getUint32(at + 38, true) >>> 16) & 0o170000) === LINK,
      crc: view.getUint32(at + 16, true),
      offset: view.getUint32(at + 42, true),
    });
    at += 46 + view.getUint16(at + 28, true) + view.getUint16(at + 30, true) + view.getUint16(at + 32, true);
  }
  return records;
}

/** Returns the packed bytes of a file; `undefined` if its own header is not there. */
export function packedBytes(
  data: Uint8Array,
  { offset, size }: { offset: number; size: number },
): Uint8Array | undefined {
  const view = new DataView(data.buffer, data.byteOffset, data.byteLength);
  if (offset + LOCAL_BYTES > data.length || view.getUint32(offset, true) !== LOCAL) return undefined;
  const start = offset + LOCAL_BYTES + view.getUint16(offset + 26, true) + view.getUint16(offset + 28, true);
  return start + size > data.length ? undefined : data.subarray(start, start + size);
}

/** The last place that looks like the end record, as fflate has it; it must end with the file. */
function findEnd(view: DataView): number | undefined {
  const last = view.byteLength - END_BYTES;
  for (let at = last; at >= Math.max(0, last - 0xffff); at--) {
    if (view.getUint32(at, true) !== END) continue;
    return at + END_BYTES + view.getUint16(at + 20, true) === view.byteLength ? at : undefined;
  }
  return undefined;
}
