import { gzipSync, inflateSync, unzipSync, type UnzipFileInfo } from 'fflate';
import { MANIFEST_FILE, packageError, refusePath, type PluginFiles } from './plugin-files.js';
import { packedBytes, readZipRecords, type ZipRecord } from './zip-records.js';

/** Bounds for the unpacked size of a plugin. */
export interface PackedLimits {
  /** @default 10000 */
  files?: number;
  /** Of all files together. @default 256 MiB */
  totalBytes?: number;
  /** A file may be this many times larger than its packed bytes. @default 1000 */
  ratio?: number;
}

type ZipEntry = UnzipFileInfo & ZipRecord;

const DEFLATED = 8;

/** A folder that macOS adds to the packed files. */
const OF_MACOS = '__MACOSX';

/**
 * Opens a packed plugin: a zip with `plugin.json` at its top, or in its only folder, as one gets by packing a folder in place of
 * its content. Refused at once: paths that lead out or are there twice (also
 * but for case), links, encryption, other methods than stored and deflated, and more than the limits allow. Nothing is
 * unpacked before it is read, nothing is written to disk, and each file is checked against its size and checksum.
 * @throws {PluginError} WP_PACKAGE
 */
export function packedFiles(
  data: Uint8Array,
  { source = 'packed plugin', limits = {} }: { source?: string; limits?: PackedLimits } = {},
): PluginFiles {
  const all = readDirectory(data, source, limits);
  const top = topOf(all, source);
  const own = all.filter(({ name }) => name.startsWith(top));
  const entries = new Map(own.map((entry) => [entry.name.slice(top.length), entry]));
  return {
    source,
    list: async () => [...entries.keys()].sort(),
    read: async (path) => {
      const entry = entries.get(path);
      if (entry === undefined) throw packageError(source, `it has no file ${JSON.stringify(path)}`);
      return unpack(data, entry, source);
    },
  };
}

/** Returns the folder that the plugin is in, with a slash at its end; the empty text if it is the zip itself. */
function topOf(entries: readonly ZipEntry[], source: string): string {
  const names = entries.map(({ name }) => name).filter((name) => !name.startsWith(`${OF_MACOS}/`));
  if (names.includes(MANIFEST_FILE)) return '';
  const tops = [...new Set(names.map((name) => name.slice(0, name.indexOf('/') + 1)))].filter(
    (top) => top !== '' && names.includes(top + MANIFEST_FILE),
  );
  if (tops.length <= 1) return tops[0] ?? '';
  const shown = tops.slice(0, 10).map((top) => JSON.stringify(top.slice(0, -1)));
  throw packageError(source, `it holds several plugins, ${shown.join(', ')}: pack each by itself`);
}

function readDirectory(data: Uint8Array, source: string, limits: PackedLimits): ZipEntry[] {
  const records = readZipRecords(data, source, limits.files ?? 10_000);
  const entries: ZipEntry[] = [];
  let index = 0;
  unzipSync(data, {
    filter(info) {
      const record = records[index++];
      if (record !== undefined && !info.name.endsWith('/')) entries.push({ ...info, ...record });
      return false;
    },
  });
  for (const entry of entries) refuseStrange(entry, source);
  refuseDuplicates(entries, source);
  refuseBombs(entries, source, limits);
  return entries;
}

function refuseStrange({ name, encrypted, compression, link }: ZipEntry, source: string): void {
  refusePath(name, source);
  const refuse = (reason: string): Error => packageError(source, `${JSON.stringify(name)} ${reason}`);
  if (encrypted) throw refuse('is encrypted');
  if (compression !== 0 && compression !== DEFLATED)
    throw refuse(`is packed by method ${compression}; only 0 and 8 are supported`);
  if (link) throw refuse('is a symbolic link');
}

function refuseDuplicates(entries: readonly ZipEntry[], source: string): void {
  const seen = new Set<string>();
  for (const { name } of entries) {
    const key = name.normalize('NFC').toLowerCase();
    if (seen.has(key)) throw packageError(source, `${JSON.stringify(name)} is there twice`);
    seen.add(key);
  }
}

function refuseBombs(entries: readonly ZipEntry[], source: string, limits: PackedLimits): void {
  const mostBytes = limits.totalBytes ?? 2 ** 28;
  const ratio = limits.ratio ?? 1000;
  const total = entries.reduce((sum, { originalSize }) => sum + originalSize, 0);
  if (total > mostBytes)
    throw packageError(source, `it unpacks to ${total} bytes; at most ${mostBytes} are allowed`);
  for (const { name, originalSize, size } of entries) {
    if (originalSize <= Math.max(size, 64) * ratio) continue;
    throw packageError(source, `${JSON.stringify(name)} unpacks to more than ${ratio} times its size`);
  }
}

/** Unpacks one file. fflate writes no more than the room that it is given. */
function unpack(data: Uint8Array, entry: ZipEntry, source: string): Uint8Array {
  const { name, originalSize, compression, crc } = entry;
  const damaged = (cause?: unknown): Error =>
    packageError(source, `${JSON.stringify(name)} is damaged`, cause);
  const packed = packedBytes(data, entry);
  if (packed === undefined) throw damaged();
  let bytes: Uint8Array;
  try {
    bytes =
      compression === DEFLATED
        ? inflateSync(packed, { out: new Uint8Array(originalSize) })
        : packed.slice(0, originalSize);
  } catch (error) {
    throw damaged(error);
  }
  if (bytes.length !== originalSize || checksum(bytes) !== crc) throw damaged();
  return bytes;
}

/** A zip and a gzip keep the same checksum; fflate computes it, but only says it at the end of a gzip. */
function checksum(bytes: Uint8Array): number {
  const gzip = gzipSync(bytes, { level: 0, mtime: 0 });
  return new DataView(gzip.buffer, gzip.byteOffset).getUint32(gzip.length - 8, true);
}
