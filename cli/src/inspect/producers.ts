import { ByteReader } from '@wasm-plugin/engine/module';

/** A language, tool or SDK that took part in making a binary. */
export interface Producer {
  /** `language`, `processed-by` or `sdk`. */
  field: string;
  name: string;
  /** May be empty. */
  version: string;
}

/**
 * Reads a `producers` section, as the tool conventions define it. A malformed one counts as empty: it is for people, and does
 * not affect a component's behaviour.
 */
export function readProducers(section: Uint8Array | undefined): Producer[] {
  if (section === undefined) return [];
  const producers: Producer[] = [];
  try {
    const reader = new ByteReader(section);
    for (let fields = reader.count(2); fields > 0; fields--) {
      const field = reader.name();
      for (let values = reader.count(2); values > 0; values--) {
        producers.push({ field, name: reader.name(), version: reader.name() });
      }
    }
  } catch {
    return [];
  }
  return producers;
}

/** Leaves out repeated entries. */
export function distinctProducers(all: readonly Producer[]): Producer[] {
  const seen = new Map(all.map((each) => [`${each.field}\0${each.name}\0${each.version}`, each]));
  return [...seen.values()].sort((a, b) => a.field.localeCompare(b.field) || a.name.localeCompare(b.name));
}
