import type { LanedPlugin, PluginFunctions } from './laned-plugin.js';

/** A plugin in this process, whatever format the library behind it has. */
export type AnyPlugin = LanedPlugin & PluginFunctions;
