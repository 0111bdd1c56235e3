export { checkPackage } from './check-package.js';
export { findPlugins, type FoundPlugin, type PluginList } from './find-plugins.js';
export { renderPluginList } from './render-plugin-list.js';
