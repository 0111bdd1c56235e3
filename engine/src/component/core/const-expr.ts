import type { ByteReader } from '../../binary/index.js';
import { readCoreHeapType } from './val-type.js';

/**
 * Moves behind a constant expression. Whether it is a valid one is left to the engine that compiles the module.
 * @throws {ModuleError} WP_MODULE_MALFORMED
 */
export function skipConstExpr(reader: ByteReader): void {
  for (;;) {
    const opcode = reader.byte();
    switch (opcode) {
      case 0x0b: // end
        return;
      case 0x41: // i32.const
        skipLeb(reader, 5);
        break;
      case 0x42: // i64.const
        skipLeb(reader, 10);
        break;
      case 0x43: // f32.const
        reader.take(4);
        break;
      case 0x44: // f64.const
        reader.take(8);
        break;
      case 0x23: // global.get
      case 0xd2: // ref.func
        reader.u32();
        break;
      case 0xd0: // ref.null
        readCoreHeapType(reader);
        break;
      case 0x6a: // i32.add, i32.sub, i32.mul, and those of i64
      case 0x6b:
      case 0x6c:
      case 0x7c:
      case 0x7d:
      case 0x7e:
        break;
      case 0xfb:
        skipGcInstruction(reader);
        break;
      case 0xfd:
        if (reader.u32() !== 12) throw reader.malformed('constant expression required');
        reader.take(16); // v128.const
        break;
      default:
        throw reader.malformed(
          `constant expression required: unexpected opcode 0x${opcode.toString(16)}`,
          reader.position - 1,
        );
    }
  }
}

function skipGcInstruction(reader: ByteReader): void {
  const opcode = reader.u32();
  switch (opcode) {
    case 0: // struct.new, struct.new_default, array.new, array.new_default
    case 1:
    case 6:
    case 7:
      reader.u32();
      return;
    case 8: // array.new_fixed
      reader.u32();
      reader.u32();
      return;
    case 26: // any.convert_extern, extern.convert_any, ref.i31
    case 27:
    case 28:
      return;
    default:
      throw reader.malformed(`constant expression required: unexpected opcode 0xfb ${opcode}`);
  }
}

function skipLeb(reader: ByteReader, maximumBytes: number): void {
  const start = reader.position;
  while (reader.byte() > 0x7f) {
    if (reader.position - start >= maximumBytes) {
      throw reader.malformed('integer representation too long', start);
    }
  }
}
