import { CapabilityError, lackingFor, type Capability } from '@wasm-plugin/abi';
import type { Manifest } from '@wasm-plugin/abi/manifest';
import type { HostImports } from '../link/index.js';
import type { Configuration } from './configuration.js';
import type { EventSource, LogLevel } from './host-events.js';
import type { ManagedPlugin } from './managed-plugin.js';

/** What the imports of `wasm-plugin:abi` need from their host. */
export interface AbiImportsOptions {
  /** Of the version that is started. */
  readonly manifest: Manifest;
  /** What the instance reads. */
  readonly configuration: Configuration;
  readonly events: EventSource;
  /** Lines a second; more are dropped and counted. */
  readonly logLinesPerSecond: number;
  /** Milliseconds that only go forward. */
  readonly now: () => number;
}

/** What a host gives every plugin: `log` and `config`, each where it is asked for and granted. */
export function abiImports(plugin: ManagedPlugin, options: AbiImportsOptions): HostImports {
  const { manifest, configuration } = options;
  const allow = (kind: 'log' | 'config'): void => {
    const request: Capability = { kind };
    const permissions = manifest.permissions.map(({ capability }) => capability);
    const lacking = lackingFor(request, { permissions, grants: plugin.grants });
    if (lacking !== undefined) throw new CapabilityError({ capability: kind, lacking, plugin: plugin.name });
  };
  const write = limitedLog(plugin, options);
  return {
    'wasm-plugin:abi/log': {
      log(level: LogLevel, message: string): void {
        allow('log');
        write(level, message);
      },
    },
    'wasm-plugin:abi/config': {
      get(key: string): string | undefined {
        allow('config');
        return configuration.settings.find((setting) => setting.key === key)?.value;
      },
      keys(): string[] {
        allow('config');
        return configuration.settings.map(({ key }) => key);
      },
    },
  };
}

/** Drops what is over the limit, and says how much when the second is over. */
function limitedLog(
  plugin: ManagedPlugin,
  { events, logLinesPerSecond, now }: AbiImportsOptions,
): (level: LogLevel, message: string) => void {
  let second = -Infinity;
  let lines = 0;
  return (level, message) => {
    const at = now();
    if (at - second >= 1000) {
      const dropped = lines - logLinesPerSecond;
      if (dropped > 0) {
        const text = `${dropped} lines were dropped: at most ${logLinesPerSecond} a second are allowed`;
        events.emit('log', { plugin: plugin.name, level: 'warn', message: text });
      }
      second = at;
      lines = 0;
    }
    if (++lines <= logLinesPerSecond) events.emit('log', { plugin: plugin.name, level, message });
  };
}
