import { parse } from '@bytecodealliance/jco-transpile/wasm-tools';
import {
  decodeModule,
  indexModule,
  InstructionCursor,
  type CoreModule,
  type ModuleIndex,
} from '../../../engine/src/module/index.js';

/** The last function of a module from text, and a cursor that stands before its first instruction. */
export interface CodeOf {
  readonly module: CoreModule;
  readonly index: ModuleIndex;
  readonly bytes: Uint8Array;
  readonly cursor: InstructionCursor;
  /** Offset of the first instruction, and that behind the last. */
  readonly start: number;
  readonly end: number;
}

/** Reads a module from text. Its last function must declare no locals. */
export async function codeOf(text: string): Promise<CodeOf> {
  const module = decodeModule(await parse(text));
  const index = indexModule(module);
  const { bytes, ranges } = module.code;
  const [from = 0, end = 0] = ranges.slice(-2);
  const cursor = new InstructionCursor(bytes, index.spaces);
  cursor.enter(from, end, 100);
  cursor.position = from + 1;
  return { module, index, bytes, cursor, start: from + 1, end };
}
