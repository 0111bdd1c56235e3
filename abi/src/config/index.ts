export { expandVariables, type VariableSource } from './expand-variables.js';
export { mergeConfig } from './merge-config.js';
export { type ConfigValues } from './config-values.js';
export { resolveConfig, type ResolveConfigOptions } from './resolve-config.js';
export { changedSettings, settingsFrom, type Setting } from './settings.js';
