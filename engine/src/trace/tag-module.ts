import { ByteReader, ByteWriter } from '../binary/index.js';
import { SECTION } from '../module/index.js';
import { MODULE_NAME, moduleName } from './module-name.js';

const HEADER_BYTES = 8;
const MOST_NAME_LENGTH = 40;

/** A core module that stack traces name. */
export interface TaggedModule {
  /** V8's name for the module. */
  readonly tag: string;
  readonly bytes: Uint8Array<ArrayBuffer>;
  /** Number of bytes removed before the code. */
  readonly shift: number;
}

/**
 * Adds a unique name to a module, which marks its frames in a stack trace. Its other names stay. The name section comes last,
 * so that code offsets stay as they were but for `shift`.
 * @param bytes a well-formed module
 * @param serial a number that no other module has
 */
export function tagModule(bytes: Uint8Array, serial: number): TaggedModule {
  const reader = new ByteReader(bytes);
  reader.take(HEADER_BYTES);
  const writer = new ByteWriter(bytes.length + 256);
  let kept = 0;
  let shift = 0;
  let names: Uint8Array | undefined;
  let beforeCode = true;
  while (!reader.done) {
    const start = reader.position;
    const id = reader.byte();
    const part = reader.part(reader.u32());
    if (id === SECTION.CODE) beforeCode = false;
    if (id !== SECTION.CUSTOM || part.name() !== 'name') continue;
    writer.copyFrom(bytes, kept, start);
    kept = reader.position;
    if (beforeCode) shift += kept - start;
    names ??= part.take(part.remaining);
  }
  writer.copyFrom(bytes, kept, bytes.length);
  const tag = `${plainName(moduleName(names))}~${serial}`;
  const section = new ByteWriter((names?.length ?? 0) + tag.length + 32);
  section.name('name');
  writeNames(section, tag, names);
  writer.byte(SECTION.CUSTOM);
  writer.sized(section.view());
  return { tag, bytes: writer.view() as Uint8Array<ArrayBuffer>, shift };
}

/** Returns the part of a name that the address of a script can contain. */
function plainName(name: string | undefined): string {
  return (name ?? '').slice(0, MOST_NAME_LENGTH).replaceAll(/[^\w.]+/g, '_');
}

function writeNames(writer: ByteWriter, tag: string, names: Uint8Array | undefined): void {
  const name = new ByteWriter(tag.length + 5);
  name.name(tag);
  writer.byte(MODULE_NAME);
  writer.sized(name.view());
  if (names === undefined) return;
  const start = writer.length;
  try {
    const reader = new ByteReader(names);
    while (!reader.done) {
      const id = reader.byte();
      const part = reader.take(reader.u32());
      if (id === MODULE_NAME) continue;
      writer.byte(id);
      writer.sized(part);
    }
  } catch {
    // A malformed name section means nothing.
    writer.length = start;
  }
}
