import {
  functionTypeAt,
  indexModule,
  InstructionCursor,
  OP,
  type CoreModule,
  type ModuleIndex,
} from '../../module/index.js';
import { COMPUTING_OR_BRANCHING, PlainRuns } from './plain-runs.js';

/** The calls, growths and copies in a module, collected before its bodies are rewritten. */
export interface Survey {
  readonly index: ModuleIndex;
  /** By function: 1 if it is the target of a direct call. */
  readonly called: Uint8Array;
  /** By function: 1 if it ends in a tail call, which needs the callee's results to be its own. */
  readonly tailCalls: Uint8Array;
  /** By function: 1 if a tail call names it. */
  readonly tailCalled: Uint8Array;
  /** By memory: 1 if any function grows it. */
  readonly growsMemory: Uint8Array;
  /** By table: 1 if any function grows it. */
  readonly growsTable: Uint8Array;
  /** By memory: 1 if any function fills it. */
  readonly fillsMemory: Uint8Array;
  /** Its only element is 1 if any function waits on a memory. */
  readonly waits: Uint8Array;
  /** Pairs of memories with copies between them: to, from. */
  readonly copies: Map<string, readonly [to: number, from: number]>;
  /** Type indices of the functions with more than one result. */
  readonly wideTypes: ReadonlySet<number>;
}

/** Walks every instruction of a module once. Throws on the first one that WebAssembly 3.0 does not have. */
export function surveyModule(module: CoreModule): Survey {
  const index = indexModule(module);
  const functions = index.functionTypes.length;
  const survey = {
    index,
    called: new Uint8Array(functions),
    tailCalls: new Uint8Array(functions),
    tailCalled: new Uint8Array(functions),
    growsMemory: new Uint8Array(index.memories.length),
    growsTable: new Uint8Array(index.tables.length),
    fillsMemory: new Uint8Array(index.memories.length),
    waits: new Uint8Array(1),
    copies: new Map<string, readonly [number, number]>(),
    wideTypes: new Set<number>(),
  };
  const { bytes, ranges } = module.code;
  const cursor = new InstructionCursor(bytes, index.spaces);
  const runs = new PlainRuns(bytes, { index, entries: COMPUTING_OR_BRANCHING });
  runs.enter();
  for (let defined = 0; defined < module.functions.length; defined++) {
    const type = module.functions[defined] as number;
    if ((functionTypeAt(index, type)?.results.length ?? 0) > 1) survey.wideTypes.add(type);
    cursor.enter(ranges[defined * 2] as number, ranges[defined * 2 + 1] as number, 0xffffffff);
    skipLocals(cursor, bytes);
    surveyBody(cursor, runs, survey, index.importedFunctions + defined);
  }
  return survey;
}

function skipLocals(cursor: InstructionCursor, bytes: Uint8Array): void {
  for (let left = cursor.unsigned(); left > 0; left--) {
    cursor.unsigned();
    const code = bytes[cursor.position++] as number;
    if (code === 0x63 || code === 0x64) cursor.signed32();
  }
}

function surveyBody(cursor: InstructionCursor, runs: PlainRuns, survey: Survey, self: number): void {
  while (!cursor.done) {
    runs.pass(cursor);
    if (cursor.done) return;
    cursor.next();
    const { op } = cursor;
    switch (op) {
      case OP.CALL:
        survey.called[cursor.first] = 1;
        break;
      case OP.RETURN_CALL:
        survey.tailCalls[self] = 1;
        survey.tailCalled[cursor.first] = 1;
        break;
      case OP.RETURN_CALL_INDIRECT:
      case OP.RETURN_CALL_REF:
        survey.tailCalls[self] = 1;
        break;
      case OP.MEMORY_GROW:
        survey.growsMemory[cursor.first] = 1;
        break;
      case OP.MEMORY_FILL:
        survey.fillsMemory[cursor.first] = 1;
        break;
      case OP.MEMORY_COPY:
        survey.copies.set(`${cursor.first},${cursor.second}`, [cursor.first, cursor.second]);
        break;
      case OP.TABLE_GROW:
        survey.growsTable[cursor.first] = 1;
        break;
      case OP.MEMORY_ATOMIC_WAIT32:
      case OP.MEMORY_ATOMIC_WAIT64:
        survey.waits[0] = 1;
        break;
    }
  }
}
