export { askHost, findDoor, type DoorAddress } from './door-client.js';
export {
  renderHistory,
  renderLogs,
  renderPlugins,
  renderTop,
  type HistoryRow,
  type MetricsRow,
  type PluginRow,
  type Recorded,
} from './render-door.js';
