/** The configuration of a host of plugins, as a file holds it. */
export type { DoorConfig, HostConfig, LiveConfig, SupervisionConfig } from './host-config.js';
export { HOST_CONFIG_SCHEMA } from './host-config-schema.js';
export { checkHostConfig, type CheckedHostConfig } from './check-host-config.js';
export { fitsPattern, settingsOf, type PluginSettings, type PluginSettingsById } from './plugin-settings.js';
