import { resolve } from 'node:path';
import {
  covers,
  formatCapability,
  PluginError,
  resolveLimits,
  type Capability,
  type Limits,
} from '@wasm-plugin/abi';
import { resolveEntry, type Manifest } from '@wasm-plugin/abi/manifest';
import { MANIFEST_FILE, openPlugin } from '@wasm-plugin/abi/package';
import { createVerifier, type TrustOptions } from '@wasm-plugin/abi/trust';
import { createEngine, type Engine, type Instance, type Plugin } from '@wasm-plugin/engine';
import { readPackage } from '@wasm-plugin/engine/host';
import { decodeComponent, validateComponent } from '@wasm-plugin/engine/component';
import { createSandbox, type LogLevel, type Sandbox } from '@wasm-plugin/engine/sandbox';
import type { callMember, PluginFactory, RemoteHost, ServedPlugin } from '@wasm-plugin/native-bridge';
import { CliError } from '../cli-error.js';
import { interfaceTypes } from './interface-types.js';

/** The longest call if neither a limit nor the caller says less, in milliseconds: an hour. */
const MOST_CALL_MS = 3_600_000;

/** Options of a served plugin. */
export interface ServedOptions {
  limits: Limits;
  /** Capabilities on this machine. */
  grants: readonly Capability[];
  /** The folder that relative paths of fs are in. */
  folder: string;
  /** Rules for the plugins that are accepted. */
  trust: TrustOptions;
  /** Called with notes for people. */
  onNote: (text: string) => void;
}

/** A plugin that can be served, with an instance of its own for each connection. */
export interface Served {
  readonly manifest: Manifest;
  readonly factory: PluginFactory;
  close(): void;
}

/**
 * Opens a plugin, a folder or a packed file, for `wasm-plugin serve`.
 * @throws {CliError} it is no component, or a needed grant is missing
 */
export async function openServed(path: string, options: ServedOptions): Promise<Served> {
  const opened = await openPlugin(resolve(path));
  const { manifest, files } = await readPackage((await createVerifier(options.trust)?.(opened)) ?? opened);
  const { entry } = resolveEntry(manifest, { platform: undefined, carriers: ['wasm'] });
  for (const { capability, required } of manifest.permissions) {
    const given = [{ kind: 'log' }, { kind: 'config' }, ...options.grants] as readonly Capability[];
    if (!required || given.some((grant) => covers(grant, capability))) continue;
    const text = formatCapability(capability);
    throw new CliError(`Cannot serve "${path}": it needs "${text}"`, { hint: `Add --grant ${text}` });
  }
  const bytes = await files.read(entry);
  const { types, leftOut } = interfaceTypes(validateComponent(decodeComponent(bytes)));
  for (const name of leftOut)
    options.onNote(`"${name}" is not served: it has resources that the plugin imports`);
  // Held for each call, so that one can be made shorter: by the deadline that its caller sends.
  const limits = { wallMs: MOST_CALL_MS, ...options.limits };
  // Loaded here alone: no other verb needs the bridge.
  const bridge = await import('@wasm-plugin/native-bridge');
  const engine: Engine = createEngine({ limits });
  const plugin = await engine.load(bytes, { name: manifest.id });
  const written = JSON.parse(new TextDecoder().decode(await files.read(MANIFEST_FILE))) as object;
  const context: Context = { ...options, limits, plugin, manifest };
  return {
    manifest,
    close: () => engine.close(),
    factory: (host) => {
      const started = start(context, host);
      started.catch(() => undefined);
      const { id, version } = manifest;
      return { id, version, manifest: { ...written }, types, run: runnerOf(started, bridge.callMember) };
    },
  };
}

interface Context extends ServedOptions {
  plugin: Plugin;
  manifest: Manifest;
}

interface Running {
  instance: Instance;
  sandbox: Sandbox;
  host: RemoteHost;
  wallMs: number;
}

/** Starts an instance with the log and the settings of the host. The settings are asked for once, and follow `configure`. */
async function start(context: Context, coming: Promise<RemoteHost>): Promise<Running> {
  const { plugin, manifest, grants, folder, limits } = context;
  const host = await coming;
  const config = host.exports['config'] as RemoteConfig | undefined;
  const log = host.exports['log'] as RemoteLog | undefined;
  const asks = (kind: string): boolean =>
    manifest.permissions.some(({ capability }) => capability.kind === kind);
  const settings = asks('config') && config !== undefined ? await readSettings(config) : [];
  const { wallMs, logLinesPerSecond } = resolveLimits(limits);
  const sandbox = createSandbox({
    plugin: manifest.id,
    permissions: manifest.permissions.map(({ capability }) => capability),
    grants: [{ kind: 'log' }, { kind: 'config' }, ...grants],
    config: () => settings,
    folder,
    env: process.env,
    limits: { wallMs, logLinesPerSecond },
    log: {
      // A line that the host does not take is lost: the plugin does not wait for it.
      sink: (level, message) => void log?.log(level, message).catch(() => undefined),
    },
  });
  const instance = plugin.instantiate({ imports: sandbox.imports });
  return { instance, sandbox, host, wallMs };
}

interface RemoteConfig {
  keys(): Promise<string[]>;
  get(key: string): Promise<string | undefined>;
}

interface RemoteLog {
  log(level: LogLevel, message: string): Promise<void>;
}

/** Asks the host for the settings. There are none if it gives none to this plugin. */
async function readSettings(config: RemoteConfig): Promise<{ key: string; value: string }[]> {
  const settings = [];
  const keys = await config.keys().catch((error: unknown) => {
    const cause: unknown = error instanceof Error ? error.cause : undefined;
    if (PluginError.is(cause) && cause.code === 'WP_CAPABILITY') return [];
    throw error;
  });
  for (const key of keys) {
    const value = await config.get(key);
    if (value !== undefined) settings.push({ key, value });
  }
  return settings;
}

type CallMember = typeof callMember;

/**
 * Makes the function that runs a call once the instance exists, but waits no longer than the caller does. An instance that dies
 * ends its connection, so that its host notices.
 */
function runnerOf(started: Promise<Running>, call: CallMember): NonNullable<ServedPlugin['run']> {
  return async (target, args, { deadlineMs }) => {
    const { instance, sandbox, host, wallMs } = await started;
    try {
      instance.limitCalls({ wallMs: Math.max(1, Math.min(deadlineMs, wallMs)) });
      return call(instance.exports, target, args);
    } finally {
      if (instance.state === 'dead') {
        sandbox.close();
        void host.end();
      }
    }
  };
}
