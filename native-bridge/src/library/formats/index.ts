export { FormatPlugin, OK, type Control } from './format-plugin.js';
export { settingKey } from './setting-key.js';
