export type { ComponentValue } from './component-value.js';
export { LANE_BITS } from './core-value.js';
export type { CorePattern, CoreValue, LaneShape, NanKind } from './core-value.js';
export type { EncodedText } from './encode-texts.js';
export { projectFolder, testFolder } from './folders.js';
export { readScript } from './read-script.js';
export type { Action, Directive, InvokeAction, ModuleSource, ScriptPattern, ScriptValue } from './script.js';
export { CachedTextEncoder } from './text-cache.js';
export { WastError } from './wast-error.js';
