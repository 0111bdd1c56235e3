export type { Confirm, SafetyNetOptions } from './safety-net-options.js';
export { SafetyNet } from './safety-net.js';
