import { crc32 } from './crc32.js';
import { packageError, type PluginFiles } from './plugin-files.js';
import { readZipDirectory, type PackedLimits, type ZipEntry } from './zip-directory.js';

const LOCAL = 0x04034b50;

/**
 * Opens a packed plugin: a zip with `plugin.json` at its top. Nothing is unpacked before it is read, nothing is written
 * to disk, and each file is checked against its size and checksum.
 * @throws {PluginError} WP_PACKAGE
 */
export function packedFiles(
  data: Uint8Array,
  { source = 'packed plugin', limits = {} }: { source?: string; limits?: PackedLimits } = {},
): PluginFiles {
  const entries = new Map(readZipDirectory(data, source, limits).map((entry) => [entry.path, entry]));
  return {
    source,
    list: async () => [...entries.keys()].sort(),
    read: async (path) => {
      const entry = entries.get(path);
      if (entry === undefined) throw packageError(source, `it has no file ${JSON.stringify(path)}`);
      return await unpack(data, entry, source);
    },
  };
}

async function unpack(data: Uint8Array, entry: ZipEntry, source: string): Promise<Uint8Array> {
  const damaged = (cause?: unknown): Error =>
    packageError(source, `${JSON.stringify(entry.path)} is damaged`, cause);
  const packed = packedBytes(data, entry);
  if (packed === undefined) throw damaged();
  let bytes: Uint8Array | undefined;
  try {
    bytes = entry.deflated ? await inflate(packed, entry.bytes) : packed;
  } catch (error) {
    throw damaged(error);
  }
  if (bytes?.length !== entry.bytes || crc32(bytes) !== entry.crc) throw damaged();
  return bytes;
}

/** The local header has lengths of its own for name and extra field; everything else is the directory's word. */
function packedBytes(data: Uint8Array, { at, packedBytes: length }: ZipEntry): Uint8Array | undefined {
  const view = new DataView(data.buffer, data.byteOffset, data.byteLength);
  if (at + 30 > data.length || view.getUint32(at, true) !== LOCAL) return undefined;
  const start = at + 30 + view.getUint16(at + 26, true) + view.getUint16(at + 28, true);
  return start + length <= data.length ? data.slice(start, start + length) : undefined;
}

/** Inflates to a size that is known; gives nothing where there is more. */
async function inflate(packed: Uint8Array, size: number): Promise<Uint8Array | undefined> {
  const stream = new Blob([packed as Uint8Array<ArrayBuffer>])
    .stream()
    .pipeThrough(new DecompressionStream('deflate-raw'));
  const reader = stream.getReader();
  const bytes = new Uint8Array(size);
  let filled = 0;
  for (;;) {
    const { done, value } = await reader.read();
    if (done) return bytes.subarray(0, filled);
    if (filled + value.length > size) {
      await reader.cancel();
      return undefined;
    }
    bytes.set(value, filled);
    filled += value.length;
  }
}
