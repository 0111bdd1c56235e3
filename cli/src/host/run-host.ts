import { once } from 'node:events';
import { resolve } from 'node:path';
import { isDeepStrictEqual } from 'node:util';
import type { HostConfig } from '@wasm-plugin/abi/host-config';
import { createPluginHost, type NodePluginHost, type SettingsChange } from '@wasm-plugin/engine/host';
import { watch } from '@wasm-plugin/engine/reload';
import type { Io } from '../io.js';
import { formatMs, printable } from '../terminal/index.js';
import { reasonOf } from './describe-event.js';
import { buildsFolder, hostOptionsFrom, LIVE_OPTIONS } from './host-options.js';
import { HostView } from './host-view.js';
import { keptBuilds } from './kept-builds.js';
import { readConfig } from './read-config.js';
import { tokenFrom } from './token.js';

/** Options of `runHost`. */
export interface RunHostOptions {
  /** Ends the host, in order. */
  readonly stop: AbortSignal;
  readonly json: boolean;
}

/** Period of the timer that keeps the process if nothing is watched. */
const ALIVE_MS = 60_000;

/**
 * Runs a host of plugins by a configuration until it is told to stop. An edit of the file is taken up as far as a running host
 * can; one that is wrong changes nothing.
 * @throws {CliError} WP_CONFIG the configuration is wrong at the start
 */
export async function runHost(path: string, { stop, json }: RunHostOptions, io: Io): Promise<void> {
  const file = resolve(path);
  let config = await readConfig(file);
  const view = new HostView(io, { json });
  const builderOf = keptBuilds({
    folder: buildsFolder(file),
    signal: stop,
    onBuilt: (build) =>
      view.tell(
        { event: 'built', ...build },
        {
          tone: 'plain',
          text: `${printable(build.id)} is built (${build.builder}) in ${formatMs(build.durationMs)}${build.kept ? ': it was kept' : ''}`,
        },
      ),
  });
  const host = createPluginHost(hostOptionsFrom(config, builderOf));
  view.follow(host);
  const alive = setInterval(() => undefined, ALIVE_MS);
  try {
    const pollMs = typeof config.live === 'object' ? config.live.pollMs : undefined;
    const edits = await watch(
      file,
      async () => {
        config = await takeEdit(file, { config, host, view });
      },
      { ...(pollMs !== undefined && { pollMs }), onError: (error) => view.fail('watch', error) },
    );
    view.tell(
      { event: 'starting', file, folders: config.folders, pid: process.pid },
      { tone: 'plain', text: `the host of ${printable(file)} starts; Ctrl+C ends it` },
    );
    await openDoorOf(config, host, view);
    await host.start();
    const plugins = host.list().map(({ name, version, state }) => ({ name, version, state }));
    const running = plugins.filter(({ state }) => state === 'ready').length;
    view.tell(
      { event: 'running', plugins },
      { tone: 'good', text: `${running} of ${plugins.length} plugins are ready` },
    );
    if (!stop.aborted) await once(stop, 'abort');
    view.tell({ event: 'stopping' }, { tone: 'plain', text: 'the host stops' });
    await edits.close();
  } finally {
    clearInterval(alive);
    await host.close();
  }
  view.tell({ event: 'stopped' }, { tone: 'good', text: 'the host has stopped' });
}

/** Opens the door for operators, if the configuration has one. */
async function openDoorOf({ door }: HostConfig, host: NodePluginHost, view: HostView): Promise<void> {
  if (door === undefined) return;
  const { unix, port, tokenFile } = door;
  const token = tokenFile === undefined ? undefined : tokenFrom(tokenFile);
  const { address } = await host.openDoor({
    ...(unix !== undefined && { unix }),
    ...(port !== undefined && { port }),
    ...(token !== undefined && { token }),
    onRequest: (request) =>
      view.tell(
        { event: 'request', ...request },
        {
          tone: request.status === 200 ? 'plain' : 'bad',
          text: `an operator: ${request.method} ${printable(request.path)}: ${request.status}`,
        },
      ),
  });
  view.tell(
    { event: 'door', address },
    { tone: 'plain', text: `the door for operators is ${printable(address)}` },
  );
}

/** Takes an edit of the configuration up, and says what of it needs a start. */
async function takeEdit(
  file: string,
  { config, host, view }: { config: HostConfig; host: NodePluginHost; view: HostView },
): Promise<HostConfig> {
  let next: HostConfig;
  try {
    next = await readConfig(file);
  } catch (error) {
    view.fail('configuration', error);
    return config;
  }
  const names = new Set([...Object.keys(config), ...Object.keys(next)]) as Set<keyof HostConfig>;
  const changed = [...names].filter((name) => !isDeepStrictEqual(config[name], next[name]));
  if (changed.length === 0) return config;
  const live: readonly string[] = LIVE_OPTIONS;
  const needsStart = changed.filter((name) => !live.includes(name));
  const { folders, autoLoad = true, plugins = {}, grants = [] } = next;
  const changes = await host.reconfigure({ folders, autoLoad, plugins, grants });
  view.tell({ event: 'configuration', changes, needsStart }, undefined);
  for (const change of changes) tellChange(change, view);
  if (needsStart.length > 0) {
    const text = `the configuration is read; a new start is needed for ${needsStart.join(', ')}`;
    view.tell({ event: 'needs-start', options: needsStart }, { tone: 'bad', text });
  }
  return next;
}

function tellChange({ plugin, setting, error }: SettingsChange, view: HostView): void {
  const what = plugin === undefined ? setting : `${printable(plugin)}: ${setting}`;
  const text = error === undefined ? `${what} is in force` : `${what} is not in force: ${reasonOf(error)}`;
  view.tell(
    { event: 'setting', plugin, setting, error },
    { tone: error === undefined ? 'plain' : 'bad', text },
  );
}
