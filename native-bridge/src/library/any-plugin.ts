import type { LanedPlugin, PluginFunctions } from './laned-plugin.js';

/** A plugin in this process, of any format. */
export type AnyPlugin = LanedPlugin & PluginFunctions;
