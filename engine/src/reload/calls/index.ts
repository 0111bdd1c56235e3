export { CallGate } from './call-gate.js';
export {
  findInterface,
  interfaceNames,
  isInterface,
  type Interface,
  type InterfaceFunction,
} from './find-interface.js';
export { Journal, type CatchUp, type JournalBounds } from './journal.js';
export { type CallListener, type FailedCall, RecordedCalls } from './recorded-calls.js';
export {
  type ExportedFunction,
  type ExportPath,
  functionAt,
  resourceIn,
  wrapExports,
} from './wrap-exports.js';
