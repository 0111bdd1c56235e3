import { ModuleError } from '@wasm-plugin/abi';
import { IMMEDIATE, ONE_BYTE_IMMEDIATES, OP, PAIRS, PREFIXED_IMMEDIATES } from './opcode.js';

/** The sizes of the index spaces, in the order of `IMMEDIATE`: functions, tables, memories, globals, locals, types, tags, data, elements, labels. */
export type IndexSpaces = Uint32Array;

const LOCALS = IMMEDIATE.LOCAL;

/**
 * Walks the instructions of one function body or constant expression. It knows every instruction of WebAssembly 3.0 and nothing
 * else: an opcode without an entry in the table throws, and so does an index outside its space (except for labels, which the
 * tracker of the control stack checks). It does not check types.
 * @throws {ModuleError} WP_MODULE_UNSUPPORTED for an unknown opcode, WP_MODULE_MALFORMED for bytes that do not fit,
 * WP_MODULE_INVALID for an index out of range
 */
export class InstructionCursor {
  readonly #bytes: Uint8Array;
  readonly #spaces: IndexSpaces;
  #end = 0;
  /** Offset behind the current instruction. */
  position = 0;
  /** The current opcode; a prefixed one is `prefix << 12 | number`. */
  op = 0;
  /** Offset of the current instruction. */
  at = 0;
  /** Its first index or constant; the offset of a memory access; for `br_table` and `try_table` the count; else 0. */
  first = 0;
  /** Its second index, if it has two. */
  second = 0;
  /** Offset behind its opcode. */
  operands = 0;
  /** The section that the instructions are in, for errors. */
  section = 'code';

  constructor(bytes: Uint8Array, spaces: IndexSpaces) {
    this.#bytes = bytes;
    this.#spaces = spaces;
  }

  /** Moves to the instructions in `[start, end)`. `locals` is the number of locals they may name. */
  enter(start: number, end: number, locals = 0): void {
    this.position = start;
    this.#end = end;
    this.#spaces[LOCALS] = locals;
  }

  /** Offset behind the last instruction. */
  get end(): number {
    return this.#end;
  }

  get done(): boolean {
    return this.position >= this.#end;
  }

  /** Reads one instruction. */
  next(): void {
    const at = this.position;
    this.at = at;
    if (at >= this.#end) throw this.#error('WP_MODULE_MALFORMED', 'unexpected end of the instructions');
    let op = this.#bytes[at] as number;
    this.position = at + 1;
    let kind: number;
    if (op < 0xfb) {
      kind = ONE_BYTE_IMMEDIATES[op] as number;
    } else {
      const table = PREFIXED_IMMEDIATES[op - 0xfb];
      const number = table === undefined ? 0 : this.unsigned();
      kind = table === undefined || number >= table.length ? IMMEDIATE.UNKNOWN : (table[number] as number);
      op = (op << 12) | number;
    }
    this.op = op;
    this.operands = this.position;
    if (kind <= IMMEDIATE.LABEL) {
      const index = this.unsigned();
      this.first = index;
      if (index >= (this.#spaces[kind] as number)) this.#outOfRange(index);
    } else if (kind === IMMEDIATE.SIGNED32) {
      this.first = this.signed32();
    } else if (kind === IMMEDIATE.MEMORY_ARGUMENT) {
      this.#memoryArgument();
    } else if (kind === IMMEDIATE.BLOCK_TYPE) {
      this.#blockType();
    } else if (kind !== IMMEDIATE.NONE) {
      this.#immediates(kind);
    }
    if (this.position > this.#end) throw this.#error('WP_MODULE_MALFORMED', 'an instruction crosses the end');
  }

  /** Reads an unsigned LEB128 at `position`. */
  unsigned(): number {
    const bytes = this.#bytes;
    let at = this.position;
    let byte = bytes[at++] as number;
    if (byte < 0x80) {
      this.position = at;
      return byte;
    }
    let value = byte & 0x7f;
    for (let shift = 7; ; shift += 7) {
      if (at >= this.#end) throw this.#error('WP_MODULE_MALFORMED', 'unexpected end');
      byte = bytes[at++] as number;
      if (shift === 28 && byte > 0x0f) throw this.#error('WP_MODULE_MALFORMED', 'integer too large');
      value |= (byte & 0x7f) << shift;
      if (byte < 0x80) break;
    }
    this.position = at;
    return value >>> 0;
  }

  /** Reads a signed LEB128 of at most 32 bits at `position`. */
  signed32(): number {
    const bytes = this.#bytes;
    let at = this.position;
    let value = 0;
    let shift = 0;
    let byte: number;
    do {
      if (shift > 28) throw this.#error('WP_MODULE_MALFORMED', 'integer representation too long');
      byte = bytes[at++] as number;
      value |= (byte & 0x7f) << shift;
      shift += 7;
    } while (byte > 0x7f);
    // The bits beyond the last have to repeat it.
    if (shift === 35 && (byte & 0x78) !== 0 && (byte & 0x78) !== 0x78) {
      throw this.#error('WP_MODULE_MALFORMED', 'integer too large');
    }
    this.position = at;
    return shift < 32 && byte & 0x40 ? value | (-1 << shift) : value;
  }

  /** Skips a LEB128 of at most `longest` bytes. */
  #skip(longest: number): void {
    const bytes = this.#bytes;
    const start = this.position;
    let at = start;
    while ((bytes[at++] as number) > 0x7f) {
      if (at - start >= longest) throw this.#error('WP_MODULE_MALFORMED', 'integer representation too long');
    }
    this.position = at;
  }

  /** The tenth byte of a long integer has one bit left to set: two values are possible. */
  #lastByte(...possible: readonly number[]): void {
    const byte = this.#bytes[this.position - 1] as number;
    if (!possible.includes(byte)) throw this.#error('WP_MODULE_MALFORMED', 'integer too large');
  }

  #memoryArgument(): void {
    const start = this.position;
    const short = this.#bytes[start + 1] as number;
    if (
      (this.#bytes[start] as number) < 0x40 &&
      short < 0x80 &&
      (this.#spaces[IMMEDIATE.MEMORY] as number) > 0
    ) {
      this.first = short;
      this.second = 0;
      this.position = start + 2;
      return;
    }
    const flags = this.unsigned();
    if (flags >= 0x80) throw this.#error('WP_MODULE_MALFORMED', 'malformed memory argument');
    this.second = flags >= 0x40 ? this.unsigned() : 0;
    if (this.second >= (this.#spaces[IMMEDIATE.MEMORY] as number)) this.#outOfRange(this.second);
    const at = this.position;
    this.#skip(10);
    if (this.position - at === 10) this.#lastByte(0x00, 0x01);
    // An offset that a double may not hold exactly only has to be large.
    let offset = 0;
    for (let byte = this.position - 1; byte >= at; byte--) {
      offset = offset * 128 + ((this.#bytes[byte] as number) & 0x7f);
    }
    this.first = offset;
  }

  #valueType(): void {
    const code = this.#bytes[this.position] as number;
    if (code === 0x63 || code === 0x64) {
      this.position++;
      this.#skip(5);
    } else {
      this.position++;
    }
  }

  #immediates(kind: number): void {
    switch (kind) {
      case IMMEDIATE.SIGNED64:
        this.first = 0;
        this.#skip(10);
        if (this.position - this.operands === 10) this.#lastByte(0x00, 0x7f);
        return;
      case IMMEDIATE.FOUR_BYTES:
        this.position += 4;
        return;
      case IMMEDIATE.EIGHT_BYTES:
        this.position += 8;
        return;
      case IMMEDIATE.SIXTEEN_BYTES:
        this.position += 16;
        return;
      case IMMEDIATE.ONE_BYTE:
      case IMMEDIATE.ZERO_BYTE:
        this.position++;
        return;
      case IMMEDIATE.MEMORY_ARGUMENT_LANE:
        this.#memoryArgument();
        this.position++;
        return;
      case IMMEDIATE.VALUE_TYPES:
        for (let left = this.unsigned(); left > 0 && this.position < this.#end; left--) this.#valueType();
        return;
      case IMMEDIATE.HEAP_TYPE:
        this.#skip(5);
        return;
      case IMMEDIATE.LABEL_TABLE: {
        const count = this.unsigned();
        if (count >= this.#end - this.position)
          throw this.#error('WP_MODULE_MALFORMED', 'unexpected end: br_table');
        for (let left = count; left >= 0; left--) this.#skip(5);
        this.first = count;
        return;
      }
      case IMMEDIATE.CAST:
        this.position++;
        this.first = this.unsigned();
        this.#skip(5);
        this.#skip(5);
        return;
      case IMMEDIATE.CATCHES:
        this.#blockType();
        this.first = this.unsigned();
        for (let left = this.first; left > 0 && this.position < this.#end; left--) this.catchClause();
        return;
      default:
        if (kind < IMMEDIATE.TYPE_TABLE || kind > IMMEDIATE.TYPE_TYPE) throw this.#unknown();
        this.#pair(kind);
    }
  }

  #blockType(): void {
    const code = this.#bytes[this.position] as number;
    if (code === 0x63 || code === 0x64) this.#valueType();
    else if (code < 0x80) this.position++;
    else this.#skip(5);
  }

  /** Reads one clause of a `try_table` at `position` and returns its label. */
  catchClause(): number {
    const code = this.#bytes[this.position++] as number;
    if (code > 3) throw this.#error('WP_MODULE_MALFORMED', `malformed catch clause 0x${code.toString(16)}`);
    if (code < 2) {
      const tag = this.unsigned();
      if (tag >= (this.#spaces[IMMEDIATE.TAG] as number)) this.#outOfRange(tag);
    }
    return this.unsigned();
  }

  /** Moves `position` to the clauses of the current `try_table` and returns their count. */
  catches(): number {
    this.position = this.operands;
    this.#blockType();
    return this.unsigned();
  }

  #pair(kind: number): void {
    const spaces = (kind - IMMEDIATE.TYPE_TABLE) * 2;
    this.first = this.unsigned();
    this.second = this.unsigned();
    const one = PAIRS[spaces] as number;
    const two = PAIRS[spaces + 1] as number;
    if (this.first >= (this.#spaces[one] as number)) this.#outOfRange(this.first);
    if (two < LABELS_END && this.second >= (this.#spaces[two] as number)) this.#outOfRange(this.second);
  }

  #outOfRange(index: number): never {
    throw this.#error('WP_MODULE_INVALID', `index ${index} of opcode ${opcodeName(this.op)} is out of range`);
  }

  #unknown(): ModuleError {
    return this.#error('WP_MODULE_UNSUPPORTED', `opcode ${opcodeName(this.op)} is not supported`);
  }

  #error(
    code: 'WP_MODULE_MALFORMED' | 'WP_MODULE_INVALID' | 'WP_MODULE_UNSUPPORTED',
    reason: string,
  ): ModuleError {
    return new ModuleError(code, reason, { offset: this.at, section: this.section });
  }
}

const LABELS_END = IMMEDIATE.LABEL + 1;

function opcodeName(op: number): string {
  return op < 0x1000 ? `0x${op.toString(16)}` : `0x${(op >>> 12).toString(16)} ${op & 0xfff}`;
}

/** Returns true if the instruction may branch within its function or continue with the next one. */
export function isConditionalBranch(op: number): boolean {
  return (
    op === OP.BR_IF ||
    op === OP.BR_ON_NULL ||
    op === OP.BR_ON_NON_NULL ||
    op === OP.BR_ON_CAST ||
    op === OP.BR_ON_CAST_FAIL
  );
}
