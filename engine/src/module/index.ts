export { compileError } from './compile-error.js';
export { decodeImportedItem } from './import-section.js';
export { decodeRecursionGroup } from './type-section.js';
export { decodeModule } from './decode-module.js';
export { encodeModule, type EncodedModule } from './encode-module.js';
export { functionsIn } from './constant-expression.js';
export { functionTypeAt, indexModule, isExported, type ModuleIndex } from './index-spaces.js';
export { InstructionCursor, isConditionalBranch, type IndexSpaces } from './instruction-cursor.js';
export { EXPORT_KINDS } from './model.js';
export type {
  Code,
  CompositeType,
  ConstantExpression,
  CoreModule,
  CustomSection,
  DataSegments,
  ElementSegment,
  Export,
  ExportKind,
  FieldType,
  FunctionType,
  Global,
  GlobalType,
  Import,
  ImportedItem,
  RecursionGroup,
  SizeLimits,
  SubType,
  Table,
  TableType,
  TypedReference,
  ValueType,
} from './model.js';
export { IMMEDIATE, ONE_BYTE_IMMEDIATES, OP, PREFIXED_IMMEDIATES } from './opcode.js';
export { SECTION } from './sections.js';
export { encodeValueType, TYPE_F32, TYPE_F64, TYPE_FUNCREF, TYPE_I32, TYPE_I64 } from './value-type.js';
