import { PluginError } from '@wasm-plugin/abi';
import type { PluginHost } from '../plugin-host.js';

/** Part of a host that requests need. */
export type DoorHost = Pick<
  PluginHost,
  | 'checkHealth'
  | 'diagnose'
  | 'disable'
  | 'enable'
  | 'get'
  | 'history'
  | 'isConfirming'
  | 'isQuarantined'
  | 'list'
  | 'load'
  | 'logs'
  | 'metrics'
  | 'metricsText'
  | 'reload'
  | 'revive'
  | 'rollBack'
>;

/** An answer: a value for JSON, or a text. */
export type DoorAnswer = { readonly json: unknown } | { readonly text: string; readonly type: string };

/** A request that fits nothing. */
export class NoSuchRequest extends Error {}

type Handler = (host: DoorHost, plugin: string) => unknown;

/** Reading requests about one plugin. */
const READ: Readonly<Record<string, Handler>> = {
  diagnosis: (host, plugin) => host.diagnose(plugin),
  logs: (host, plugin) => host.logs(plugin),
  history: (host, plugin) => host.history(plugin),
  metrics: (host, plugin) => host.metrics().find((each) => each.plugin === host.get(plugin).name),
};

/** Requests that do something with one plugin. */
const DONE: Readonly<Record<string, Handler>> = {
  async start(host, plugin) {
    host.enable(plugin);
    if (host.isQuarantined(plugin)) await host.revive(plugin);
    await host.load(plugin);
  },
  stop: (host, plugin) => host.disable(plugin),
  reload: (host, plugin) => host.reload(plugin, undefined, { by: 'operator' }),
  rollback: (host, plugin) => host.rollBack(plugin, 'an operator asked for it'),
  async health(host, plugin) {
    return { ...(await host.checkHealth(plugin)), diagnosis: host.diagnose(plugin) };
  },
};

/** The rows of `ps`. */
function plugins(host: DoorHost): unknown {
  return host.list().map((plugin) => ({
    plugin: plugin.name,
    version: plugin.version,
    state: plugin.state,
    carrier: plugin.running?.carrier,
    isolation: plugin.running?.calls === 'async' && plugin.running.carrier === 'wasm' ? 'worker' : 'none',
    isConfirming: host.isConfirming(plugin.name),
    isQuarantined: host.isQuarantined(plugin.name),
    usage: plugin.usage(),
    error: plugin.error,
  }));
}

/**
 * Answers a request: `GET /plugins`, `/metrics`, `/logs`, `/history`, `/plugins/ID/diagnosis|logs|history|metrics`, and
 * `POST /plugins/ID/start|stop|reload|rollback|health`.
 * @throws {NoSuchRequest}
 * @throws {PluginError} what the host says
 */
export async function answerRequest(
  host: DoorHost,
  { method, path }: { method: string; path: string },
): Promise<DoorAnswer> {
  const [first, id, verb, ...more] = path.split('/').slice(1).map(decodeURIComponent);
  if (more.length > 0) throw new NoSuchRequest();
  if (method === 'GET' && id === undefined) {
    if (first === 'plugins') return { json: plugins(host) };
    if (first === 'logs') return { json: host.logs() };
    if (first === 'history') return { json: host.history() };
    if (first === 'metrics')
      return { text: host.metricsText(), type: 'text/plain; version=0.0.4; charset=utf-8' };
    if (first === 'metrics.json') return { json: host.metrics() };
  }
  const handlers = method === 'GET' ? READ : method === 'POST' ? DONE : {};
  const isKnown =
    first === 'plugins' && id !== undefined && verb !== undefined && Object.hasOwn(handlers, verb);
  const handler = isKnown ? handlers[verb] : undefined;
  if (handler === undefined || id === undefined) throw new NoSuchRequest();
  const { name } = host.get(id);
  return { json: (await handler(host, name)) ?? null };
}

/** Returns the status that stands for an error. */
export function statusOf(error: unknown): number {
  if (error instanceof NoSuchRequest) return 404;
  if (!PluginError.is(error)) return 500;
  return error.code === 'WP_NOT_FOUND' ? 404 : 409;
}
