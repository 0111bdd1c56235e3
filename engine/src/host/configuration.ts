import { lackingFor, type Capability } from '@wasm-plugin/abi';
import {
  changedSettings,
  mergeConfig,
  resolveConfig,
  settingsFrom,
  type ConfigValues,
  type Setting,
} from '@wasm-plugin/abi/config';
import type { Manifest } from '@wasm-plugin/abi/manifest';

/** Options of a configuration. */
export interface ConfigurationSource {
  readonly plugin: string;
  readonly manifest: Manifest;
  readonly grants: readonly Capability[];
  /** The environment that `${NAME}` reads, if granted. */
  readonly env: Readonly<Record<string, string | undefined>>;
}

/** Values that were checked and are not yet in force. */
export interface ConfigurationChange {
  readonly written: ConfigValues;
  readonly values: ConfigValues;
  readonly settings: readonly Setting[];
  /** The settings that are new or have another value. */
  readonly changed: readonly Setting[];
}

/** The settings of one plugin: as written, and as resolved. */
export class Configuration {
  readonly #source: ConfigurationSource;
  #written: ConfigValues;
  #values: ConfigValues;
  #settings: readonly Setting[];
  #trying: readonly Setting[] | undefined;

  /** @throws {ConfigError} WP_CONFIG */
  constructor(source: ConfigurationSource, written: ConfigValues = {}) {
    this.#source = source;
    this.#written = written;
    this.#values = resolve(source, written);
    this.#settings = settingsFrom(this.#values);
  }

  /** The written values, before defaults and variables. */
  get written(): ConfigValues {
    return this.#written;
  }

  /** The values in force, defaults filled. Frozen. They may hold secrets: do not show them. */
  get values(): ConfigValues {
    return this.#values;
  }

  /** The settings that the plugin sees: those in force, or those that it is being asked about. */
  get settings(): readonly Setting[] {
    return this.#trying ?? this.#settings;
  }

  /**
   * Makes the configuration of another version out of the settings written for this one.
   * @throws {ConfigError} WP_CONFIG if the values do not fit its schema
   */
  forVersion(manifest: Manifest): Configuration {
    return new Configuration({ ...this.#source, manifest }, this.#written);
  }

  /**
   * Checks a change; nothing is in force yet.
   * @param change merged into the written settings: `null` takes a value away
   * @throws {ConfigError} WP_CONFIG
   */
  propose(change: ConfigValues): ConfigurationChange {
    const written = mergeConfig(this.#written, change) as ConfigValues;
    const values = resolve(this.#source, written);
    const settings = settingsFrom(values);
    return { written, values, settings, changed: changedSettings(this.#settings, settings) };
  }

  /** Asks the plugin about a change, which sees the new settings meanwhile; a refusal leaves the old ones in force. */
  async apply(change: ConfigurationChange, ask: (changed: readonly Setting[]) => unknown): Promise<void> {
    this.#trying = change.settings;
    try {
      await ask(change.changed);
      this.#written = change.written;
      this.#values = change.values;
      this.#settings = change.settings;
    } finally {
      this.#trying = undefined;
    }
  }
}

function resolve(
  { plugin, manifest, grants, env }: ConfigurationSource,
  written: ConfigValues,
): ConfigValues {
  const permissions = manifest.permissions.map(({ capability }) => capability);
  return resolveConfig(written, {
    plugin,
    schema: manifest.configSchema,
    variables: { env, lacking: (name) => lackingFor({ kind: 'env', name }, { permissions, grants }) },
  });
}
