export type { ComponentValue } from './component-value.js';
export { LANE_BITS } from './core-value.js';
export type { CorePattern, CoreValue, LaneShape, NanKind } from './core-value.js';
export { readScript } from './read-script.js';
export type { Action, Directive, ModuleSource, ScriptPattern, ScriptValue } from './script.js';
export { WastError } from './wast-error.js';
