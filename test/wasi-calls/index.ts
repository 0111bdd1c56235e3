export { encodeCalls, type Call } from './call.js';
export { makeCalls, type CallOptions } from './make-calls.js';
export { CallModel } from './model-calls.js';
export { CallPerformer } from './perform-calls.js';
