import type { ByteReader } from '../../binary/index.js';
import type { AsyncCanon } from '../model.js';
import { readCanonOptions } from './canon-options.js';
import { readResultList } from './result-list.js';

/**
 * Reads a built-in for concurrency, of which the first byte was read already. Returns `undefined` for any other form.
 * @throws {ModuleError} WP_MODULE_MALFORMED, WP_MODULE_UNSUPPORTED
 */
export function readAsyncCanon(reader: ByteReader, form: number): AsyncCanon | undefined {
  switch (form) {
    case 0x05:
      return { kind: 'task.cancel' };
    case 0x06:
      return { kind: 'subtask.cancel', async: readFlag(reader) };
    case 0x09: {
      const result = readResultList(reader);
      const options = readCanonOptions(reader);
      return { kind: 'task.return', ...(result !== undefined && { result }), options };
    }
    case 0x0c:
      readZeroFlag(reader);
      return { kind: 'thread.yield' };
    case 0x0d:
      return { kind: 'subtask.drop' };
    case 0x1f:
      return { kind: 'waitable-set.new' };
    case 0x20:
    case 0x21:
      readZeroFlag(reader);
      return { kind: form === 0x20 ? 'waitable-set.wait' : 'waitable-set.poll', memory: reader.u32() };
    case 0x22:
      return { kind: 'waitable-set.drop' };
    case 0x23:
      return { kind: 'waitable.join' };
    case 0x24:
      return { kind: 'backpressure.inc' };
    case 0x25:
      return { kind: 'backpressure.dec' };
    default:
      return readCopyCanon(reader, form);
  }
}

/** The built-ins of streams, and those of futures behind them, in the order of their opcodes. */
const COPIES = [
  'new',
  'read',
  'write',
  'cancel-read',
  'cancel-write',
  'drop-readable',
  'drop-writable',
] as const;
const FIRST_STREAM = 0x0e;
const FIRST_FUTURE = FIRST_STREAM + COPIES.length;

function readCopyCanon(reader: ByteReader, form: number): AsyncCanon | undefined {
  const copied = form < FIRST_FUTURE ? 'stream' : 'future';
  const name = COPIES[form - (copied === 'stream' ? FIRST_STREAM : FIRST_FUTURE)];
  if (name === undefined) return undefined;
  const type = reader.u32();
  switch (name) {
    case 'read':
    case 'write':
      return { kind: `${copied}.${name}`, type, options: readCanonOptions(reader) };
    case 'cancel-read':
    case 'cancel-write':
      return { kind: `${copied}.${name}`, type, async: readFlag(reader) };
    default:
      return { kind: `${copied}.${name}`, type };
  }
}

function readFlag(reader: ByteReader): boolean {
  const flag = reader.byte();
  if (flag > 1) throw reader.leadingByte(flag, 'async flag');
  return flag === 1;
}

/** Reads the byte that once said that a built-in could be cancelled. */
function readZeroFlag(reader: ByteReader): void {
  const flag = reader.byte();
  if (flag === 1) throw reader.unsupported('the flag cancellable of a built-in', reader.position - 1);
  if (flag !== 0) throw reader.leadingByte(flag, 'cancellable flag');
}
