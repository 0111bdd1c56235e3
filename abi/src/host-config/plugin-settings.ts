import type { ConfigValues } from '../config/index.js';
import type { Limits } from '../limits.js';
import type { Isolation } from '../manifest/index.js';
import type { UpdatePolicy } from '../update/index.js';

/** Settings of one plugin, or of all whose id fits a pattern, in the hands of the host. */
export interface PluginSettings {
  /** True if the plugin may be loaded. @default true */
  readonly enabled?: boolean;
  /** Plugins of a higher priority start first, where dependencies leave the choice. @default 0 */
  readonly priority?: number;
  /** A range: the highest version in it is loaded. @default any version */
  readonly version?: string;
  /** Values of its configuration. */
  readonly config?: ConfigValues;
  /** Capabilities in text form, in place of what the host grants to all. */
  readonly grants?: readonly string[];
  /** Its limits, below those of the host. */
  readonly limits?: Limits;
  /** @default as its manifest says */
  readonly isolation?: Isolation;
  /** Kinds of updates that a change of its files may make. @default anything: who changes files has chosen the version */
  readonly update?: UpdatePolicy;
}

/** Settings by id, or by a pattern of ids in which `*` is any text: `acme.*`. */
export type PluginSettingsById = Readonly<Record<string, PluginSettings>>;

/**
 * Returns the settings of a plugin: those of each pattern that its id fits, longer patterns before shorter ones and the id
 * itself before all. Each setting is taken as a whole.
 */
export function settingsOf(all: PluginSettingsById, id: string): PluginSettings {
  const fitting = Object.keys(all).filter((pattern) => pattern === id || fitsPattern(pattern, id));
  const rank = (pattern: string): number => (pattern === id ? Infinity : pattern.length);
  const found = fitting.sort((a, b) => rank(a) - rank(b) || (a < b ? -1 : 1)).map((pattern) => all[pattern]);
  return Object.assign({}, ...found) as PluginSettings;
}

/** Returns whether an id fits a pattern. Takes time in proportion to the product of both lengths at most. */
export function fitsPattern(pattern: string, id: string): boolean {
  const [first = '', ...rest] = pattern.split('*');
  if (rest.length === 0) return pattern === id;
  const last = rest.pop() as string;
  if (!id.startsWith(first) || !id.endsWith(last) || id.length < first.length + last.length) return false;
  let at = first.length;
  for (const part of rest) {
    const found = id.indexOf(part, at);
    if (found < 0) return false;
    at = found + part.length;
  }
  return at <= id.length - last.length;
}
