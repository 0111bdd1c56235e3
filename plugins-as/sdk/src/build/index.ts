export { buildPlugin, type BuildPluginOptions } from './build-plugin.js';
export { writeBindings } from './write-bindings.js';
