import { PluginError, type ErrorCode } from '@wasm-plugin/abi';
import type { Entry } from '@wasm-plugin/abi/manifest';

/** Options of `firstEntry`. */
export interface FirstEntryOptions<Result> {
  /** The name of the plugin, for messages. */
  plugin: string;
  attempt(entry: Entry): Promise<Result>;
  /** Told that an entry failed, and another one is tried. */
  onFallback(entry: Entry, error: unknown): void;
}

/**
 * Tries one entry after the other, and returns the result of the first that works.
 * @throws {PluginError} WP_CARRIER none works; the message lists each with its reason, the cause is the error of the first. Of
 * a single entry, and of a plugin that is not trusted: its own error
 */
export async function firstEntry<Result>(
  entries: readonly Entry[],
  { plugin, attempt, onFallback }: FirstEntryOptions<Result>,
): Promise<Result> {
  const failures: { entry: Entry; error: unknown }[] = [];
  for (const [index, entry] of entries.entries()) {
    try {
      return await attempt(entry);
    } catch (error) {
      if (entries.length === 1 || isDistrust(error)) throw error;
      failures.push({ entry, error });
      if (index + 1 < entries.length) onFallback(entry, error);
    }
  }
  const reasons = failures.map(({ entry: { carrier, entry }, error }) => {
    const reason = error instanceof Error ? error.message : String(error);
    return `"${entry}" by the carrier "${carrier}": ${reason}`;
  });
  const message = `Cannot load "${plugin}": none of its entries can be started: ${reasons.join('; ')}`;
  throw new PluginError('WP_CARRIER', message, { plugin, cause: failures[0]?.error });
}

const DISTRUST: ReadonlySet<string> = new Set<ErrorCode>([
  'WP_UNSIGNED',
  'WP_SIGNATURE',
  'WP_TAMPERED',
  'WP_DOWNGRADE',
  'WP_LOCK',
]);

/** Returns whether a plugin is refused as a whole: another entry of it would be no better. */
function isDistrust(error: unknown): boolean {
  return PluginError.is(error) && DISTRUST.has(error.code);
}
