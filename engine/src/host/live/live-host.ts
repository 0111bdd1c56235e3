import type { PluginHost } from '../plugin-host.js';

/** Part of a host that followed folders need. */
export type LiveHost = Pick<
  PluginHost,
  | 'add'
  | 'emit'
  | 'forget'
  | 'list'
  | 'load'
  | 'loadAll'
  | 'loadsByItself'
  | 'packages'
  | 'reload'
  | 'remove'
  | 'settingsOf'
  | 'settled'
  | 'unload'
>;
