export { install, type Change, type Installed, type InstallRequest } from './install.js';
export { parseSpec, parseSpecs } from './parse-spec.js';
export { DEFAULT_FOLDER, folderOption } from './folder-option.js';
export { findOutdated, type Outdated } from './find-outdated.js';
export { PluginFolder } from './plugin-folder.js';
export { registriesOf } from './registries-of.js';
export { renderInstalled } from './render-installed.js';
export { uninstall } from './uninstall.js';
