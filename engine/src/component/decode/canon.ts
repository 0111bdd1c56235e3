import type { ByteReader } from '../../binary/index.js';
import type { Canon, CanonDefinition } from '../model.js';
import { readAsyncCanon } from './async-canon.js';
import { readCanonOptions } from './canon-options.js';

/** Built-ins that the specification has not settled yet, refused by name. */
const UNSUPPORTED: Record<number, string> = {
  0x07: 'async resource.drop',
  0x08: 'backpressure.set',
  0x1c: 'error-context.new',
  0x1d: 'error-context.debug-message',
  0x1e: 'error-context.drop',
  0x26: 'thread.index',
  0x27: 'thread.new-indirect',
  0x28: 'thread.resume-later',
  0x29: 'thread.suspend',
  0x2a: 'thread.suspend-then-resume',
  0x2b: 'thread.yield-then-resume',
  0x2c: 'thread.suspend-then-promote',
  0x2d: 'thread.yield-then-promote',
  0x2e: 'stream.forward',
  0x2f: 'future.forward',
  0x40: 'thread.spawn-ref',
  0x41: 'thread.spawn-indirect',
  0x42: 'thread.available-parallelism',
};

/**
 * Reads an entry of the canon section.
 * @throws {ModuleError} WP_MODULE_MALFORMED, WP_MODULE_UNSUPPORTED
 */
export function readCanon(reader: ByteReader): CanonDefinition {
  const at = reader.offset;
  return { kind: 'canon', at, canon: readCanonBody(reader) };
}

function readCanonBody(reader: ByteReader): Canon {
  const form = reader.byte();
  switch (form) {
    case 0x00:
      reader.zero('canonical function lift');
      return {
        kind: 'lift',
        coreFunc: reader.u32(),
        options: readCanonOptions(reader),
        type: reader.u32(),
      };
    case 0x01:
      reader.zero('canonical function lower');
      return { kind: 'lower', func: reader.u32(), options: readCanonOptions(reader) };
    case 0x02:
      return { kind: 'resource.new', resource: reader.u32() };
    case 0x03:
      return { kind: 'resource.drop', resource: reader.u32() };
    case 0x04:
      return { kind: 'resource.rep', resource: reader.u32() };
    case 0x0a:
      readSlot(reader);
      return { kind: 'context.get' };
    case 0x0b:
      readSlot(reader);
      return { kind: 'context.set' };
    default: {
      const found = readAsyncCanon(reader, form);
      if (found !== undefined) return found;
      const feature = UNSUPPORTED[form];
      if (feature === undefined) throw reader.leadingByte(form, 'canonical function');
      throw reader.unsupported(`the built-in ${feature}`, reader.position - 1);
    }
  }
}

const I32 = 0x7f;

/** Reads which slot of its context a thread uses. The second belongs to cooperative threads. */
function readSlot(reader: ByteReader): void {
  const type = reader.byte();
  if (type !== I32) throw reader.unsupported('a context of 64 bits', reader.position - 1);
  const position = reader.position;
  if (reader.u32() !== 0) throw reader.unsupported('a second slot of context.get and context.set', position);
}
