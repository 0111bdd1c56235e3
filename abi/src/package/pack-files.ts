import { crc32 } from './crc32.js';
import type { PluginFiles } from './plugin-files.js';

/** 1980-01-01, the earliest a zip can say: packing the same files gives the same bytes. */
const DATE = 0x0021;
const UTF8 = 0x0800;

/** Packs a plugin into a zip. The same files give the same bytes. */
export async function packFiles(files: PluginFiles): Promise<Uint8Array> {
  const locals: Uint8Array[] = [];
  const directory: Uint8Array[] = [];
  let at = 0;
  for (const path of await files.list()) {
    const bytes = await files.read(path);
    const deflated = await deflate(bytes);
    const packed = deflated.length < bytes.length ? deflated : bytes;
    const name = new TextEncoder().encode(path);
    const shared = [
      20,
      UTF8,
      packed === bytes ? 0 : 8,
      0,
      DATE,
      crc32(bytes),
      packed.length,
      bytes.length,
      name.length,
      0,
    ];
    const local = [fields('4222224442', [0x04034b50, ...shared.slice(0, 9)]), fields('2', [0]), name, packed];
    directory.push(fields('42222224442222244', [0x02014b50, 20, ...shared, 0, 0, 0, 0, at]), name);
    for (const part of local) {
      locals.push(part);
      at += part.length;
    }
  }
  const size = directory.reduce((sum, { length }) => sum + length, 0);
  const count = directory.length / 2;
  return concat([...locals, ...directory, fields('42222442', [0x06054b50, 0, 0, count, count, size, at, 0])]);
}

/** Writes little-endian numbers; `widths` has a digit for each: its bytes. */
function fields(widths: string, values: readonly number[]): Uint8Array {
  const bytes = new Uint8Array([...widths].reduce((sum, width) => sum + Number(width), 0));
  const view = new DataView(bytes.buffer);
  let at = 0;
  for (const [index, width] of [...widths].entries()) {
    if (width === '4') view.setUint32(at, values[index] as number, true);
    else view.setUint16(at, values[index] as number, true);
    at += Number(width);
  }
  return bytes;
}

async function deflate(bytes: Uint8Array): Promise<Uint8Array> {
  const stream = new Blob([bytes as Uint8Array<ArrayBuffer>])
    .stream()
    .pipeThrough(new CompressionStream('deflate-raw'));
  return new Uint8Array(await new Response(stream).arrayBuffer());
}

function concat(parts: readonly Uint8Array[]): Uint8Array {
  const bytes = new Uint8Array(parts.reduce((sum, { length }) => sum + length, 0));
  let at = 0;
  for (const part of parts) {
    bytes.set(part, at);
    at += part.length;
  }
  return bytes;
}
