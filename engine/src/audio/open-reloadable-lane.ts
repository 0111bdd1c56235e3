import type { JsExports } from '../link/index.js';
import { BlockGaps } from './block-gaps.js';
import { openHostLane, type HostLane, type LaneHost } from './host-lane.js';
import type { LaneOptions } from './lane-options.js';
import { startVersion, type LaneEngine } from './lane-version.js';
import { ReloadableLane, type ReloadableLaneOptions } from './reloadable-lane.js';

/**
 * Loads an audio plugin and opens a realtime lane of it, which stays while the plugin is reloaded. To be closed.
 * @param engine the result of `createEngine`; the caller closes it
 * @throws {RangeError} the setup or `confirmBlocks` is out of range
 * @throws {AbiError} WP_EXPORT_MISSING the plugin has no realtime lane
 * @throws {PluginError} if the component cannot be loaded, started or prepared, as `Engine.load`, `instantiate` and `openLane`
 * @example
 * const lane = await openReloadableLane(engine, { component, version: '1.0.0', setup });
 * lane.process(128);
 * await lane.reload({ component: next, version: '1.1.0' });
 */
export function openReloadableLane<Own extends object = JsExports>(
  engine: LaneEngine,
  options: ReloadableLaneOptions,
): Promise<ReloadableLane<Own>>;
/**
 * Opens a realtime lane of a plugin of a host, which stays while the host reloads, rolls back and restarts the plugin. To be
 * closed. Each new version has its lane opened before it gets the state, and is heard from the first block after the swap. At
 * most one lane a plugin.
 * @param host the result of `createPluginHost`
 * @param id the plugin, which is loaded
 * @throws {RangeError} the setup or `confirmBlocks` is out of range
 * @throws {AbiError} WP_EXPORT_MISSING the plugin has no realtime lane
 * @throws {PluginError} WP_NOT_FOUND; WP_LIFECYCLE the plugin does not run, or has a lane; WP_CARRIER it is no component on
 * this thread; as `openLane`
 * @example
 * const lane = await openReloadableLane(host, 'acme.eq', { setup });
 * lane.process(128);
 * await host.reload('acme.eq', '1.1.0');
 */
export function openReloadableLane(host: LaneHost, id: string, options: LaneOptions): Promise<HostLane>;
export async function openReloadableLane(
  owner: LaneEngine | LaneHost,
  ...rest: [ReloadableLaneOptions] | [string, LaneOptions]
): Promise<ReloadableLane<object> | HostLane> {
  if (rest.length === 2) {
    const [id, options] = rest;
    checkConfirmBlocks(options);
    return await openHostLane(owner as LaneHost, id, options);
  }
  checkConfirmBlocks(rest[0]);
  return await openEngineLane(owner as LaneEngine, rest[0]);
}

async function openEngineLane(
  engine: LaneEngine,
  options: ReloadableLaneOptions,
): Promise<ReloadableLane<object>> {
  const { component, version, name = 'plugin' } = options;
  const plugin = await engine.load(component, { name });
  try {
    const gaps = new BlockGaps();
    const first = await startVersion({ plugin, version, gaps }, options);
    return new ReloadableLane<object>(engine, options, { first, gaps });
  } catch (error) {
    plugin.close();
    throw error;
  }
}

function checkConfirmBlocks({ confirmBlocks = 64 }: LaneOptions): void {
  if (Number.isInteger(confirmBlocks) && confirmBlocks >= 1) return;
  const wanted = 'a whole number from 1';
  throw new RangeError(
    `Cannot open a reloadable lane: "confirmBlocks" must be ${wanted}, it is ${confirmBlocks}`,
  );
}
