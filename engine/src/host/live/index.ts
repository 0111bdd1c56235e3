/** Folders whose plugins follow what lies in them: their options. */
export type { LiveOptions, PluginBuilder } from './live-options.js';
