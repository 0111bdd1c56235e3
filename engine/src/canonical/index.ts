export type { CallMeter, CallUse } from './call-meter.js';
export { callCore, codecOf, COMPOSED, FlatReader, type Codec, type FlatValue } from './compose/index.js';
export type { BorrowScope, Concurrency } from './concurrency.js';
export { createContextSlot, type ContextSlot } from './context-slot.js';
export { CanonicalContext, type Realloc, type Side, type StringEncoding } from './context.js';
export {
  holdsEnd,
  passingOf,
  type Backend,
  type ComponentCallable,
  type LiftSpec,
  type LowerSpec,
} from './function.js';
export { canGenerate, GENERATED } from './generate/index.js';
export type { TableEntry } from './handle-table.js';
export {
  hostMember,
  isNumberKind,
  isStringEncoding,
  mismatch,
  numbersOf,
  type NumberKind,
} from './values/index.js';
export type { Lender, LentHandle } from './lender.js';
export type { CoreFunction } from './core-function.js';
export { InstanceContext } from './instance-context.js';
export { RootState } from './root-state.js';
export type { RootTasks } from './root-tasks.js';
export { errorPayload, failedBuiltin, failedLift, failedLower } from './outcome.js';
export { ENDED, FREE, RUNNING, SUSPENDED } from './lock.js';
export { MemoryViews } from './memory-views.js';
export { camelCase, classKey, memberKey, parseFunctionName, pascalCase, type FunctionName } from './names.js';
export type { ResourceBinding, ResourceOwner, ResourceType } from './resource-type.js';
export { reasonOf } from './trap-error-from.js';
export { abiTrap, uncatchable } from './traps.js';
export {
  partsOf,
  type CopyType,
  type FuncType,
  type RecordField,
  type ValueType,
  type VariantCase,
} from './types.js';
