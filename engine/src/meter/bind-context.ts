import {
  functionsIn,
  indexModule,
  InstructionCursor,
  OP,
  TYPE_I32,
  type CoreModule,
  type ModuleIndex,
} from '../module/index.js';
import { refuseInvalid } from './meter-module.js';
import { privatePrefix } from './private-names.js';

/** Effect of an imported function on the context slot. */
export type ContextRole = 'get' | 'set';

/** Returns the role of an imported function, if it is `context.get` or `context.set`. */
export type ContextRoleOf = (module: string, name: string) => ContextRole | undefined;

/** A module that keeps its thread's slot in a global of its own. */
export interface BoundContext {
  module: CoreModule;
  /** The name under which it exports the global. */
  global: string;
}

/** `i32.const 0`, `end`. */
const ZERO = new Uint8Array([0x41, 0x00, 0x0b]);

/**
 * A pass that turns calls of `context.get` and `context.set` into accesses of a global, which it appends and exports: modules
 * for WASI 0.3 make two or three such calls in each function that needs the stack. An access costs the fuel of a call, and
 * takes its place byte for byte, so nothing else in the code moves.
 * @param bytes of the module: an invalid one is refused before a global is added
 * @returns `undefined` if such a function is used in another way than called, or an index would take more bytes than there are
 * @throws {ModuleError} WP_MODULE_INVALID
 */
export function bindContext(
  module: CoreModule,
  { bytes, roleOf }: { readonly bytes: Uint8Array; readonly roleOf: ContextRoleOf },
): BoundContext | undefined {
  const roles = rolesOf(module, roleOf);
  if (roles.size === 0 || isHandedOn(module, roles)) return undefined;
  refuseInvalid(bytes);
  const index = indexModule(module);
  const code = replaceCalls(module, { index, roles, global: index.globals });
  if (code === undefined) return undefined;
  const name = `${privatePrefix(module)}context`;
  return {
    global: name,
    module: {
      ...module,
      globals: [...module.globals, { value: TYPE_I32, mutable: true, initial: ZERO }],
      exports: [...module.exports, { name, kind: 'global', index: index.globals }],
      code: { ...module.code, bytes: code },
    },
  };
}

/** The roles of imported functions, by index. */
function rolesOf(module: CoreModule, roleOf: ContextRoleOf): Map<number, ContextRole> {
  const roles = new Map<number, ContextRole>();
  let func = 0;
  for (const { module: from, name, item } of module.imports) {
    if (item.kind !== 'func') continue;
    const role = roleOf(from, name);
    if (role !== undefined) roles.set(func, role);
    func++;
  }
  return roles;
}

/** Returns true if a module hands one of the functions on: as an export, in a table, as a reference. */
function isHandedOn(module: CoreModule, roles: ReadonlyMap<number, ContextRole>): boolean {
  const { exports, elements, globals, tables, start } = module;
  const expressions = [
    ...elements.flatMap(({ expressions: items }) => items ?? []),
    ...globals.map(({ initial }) => initial),
    ...tables.flatMap(({ initial }) => initial ?? []),
  ];
  return (
    (start !== undefined && roles.has(start)) ||
    exports.some(({ kind, index }) => kind === 'func' && roles.has(index)) ||
    elements.some(({ functions }) => functions?.some((each) => roles.has(each))) ||
    expressions.some((each) => functionsIn(each).some((func) => roles.has(func)))
  );
}

interface Replacement {
  index: ModuleIndex;
  roles: ReadonlyMap<number, ContextRole>;
  global: number;
}

/** Returns the code with the calls replaced, `undefined` if one cannot be. */
function replaceCalls(module: CoreModule, { index, roles, global }: Replacement): Uint8Array | undefined {
  const { ranges, bytes } = module.code;
  const replaced = bytes.slice();
  const cursor = new InstructionCursor(bytes, index.spaces);
  for (let at = 0; at < ranges.length; at += 2) {
    const end = ranges[at + 1] as number;
    cursor.enter(ranges[at] as number, end, 0xffffffff);
    skipLocals(cursor, bytes);
    while (!cursor.done) {
      cursor.next();
      const { op } = cursor;
      if (op !== OP.CALL && op !== OP.RETURN_CALL && op !== OP.REF_FUNC) continue;
      const role = roles.get(cursor.first);
      if (role === undefined) continue;
      if (op !== OP.CALL) return undefined;
      replaced[cursor.at] = role === 'get' ? OP.GLOBAL_GET : OP.GLOBAL_SET;
      if (!writePadded(replaced, { from: cursor.operands, to: cursor.position, value: global }))
        return undefined;
    }
  }
  return replaced;
}

function skipLocals(cursor: InstructionCursor, bytes: Uint8Array): void {
  for (let groups = cursor.unsigned(); groups > 0; groups--) {
    cursor.unsigned();
    const code = bytes[cursor.position++];
    if (code === 0x63 || code === 0x64) cursor.signed32();
  }
}

/** Writes a LEB128 number that fills a place. Returns false if it takes more bytes. */
function writePadded(
  bytes: Uint8Array,
  { from, to, value }: { from: number; to: number; value: number },
): boolean {
  let left = value;
  for (let at = from; at < to; at++) {
    const isLast = at === to - 1;
    bytes[at] = (left & 0x7f) | (isLast ? 0 : 0x80);
    left >>>= 7;
  }
  return left === 0;
}
