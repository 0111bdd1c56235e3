import { parseCapability } from '../capability.js';
import type { CarrierKind } from '../carrier-kind.js';
import type { JsonSchema } from '../json-schema/index.js';
import type { Limits } from '../limits.js';
import type { Entry, EventSettings, Isolation, Manifest, PlatformEntry, ReloadSettings } from './manifest.js';

/** A manifest as its schema describes it, defaults filled. */
export interface WrittenManifest {
  id: string;
  name: string;
  version: string;
  description: string;
  author?: string;
  license?: string;
  homepage?: string;
  tags: string[];
  carrier: CarrierKind;
  entry?: string;
  platforms: Partial<PlatformEntry>[];
  fallbacks: Entry[];
  world: string;
  interfaces: string[];
  idempotent: string[];
  extensionPoints: string[];
  abi: string;
  engine: string;
  dependencies: Record<string, string | { range: string; optional?: boolean }>;
  permissions: { capability: string; reason: string; required: boolean }[];
  limits: Limits;
  config?: { schema: JsonSchema };
  state?: { schema: number; restores: number[]; versions: string };
  reload: ReloadSettings;
  update: { channel: string };
  isolation?: Isolation;
  activity: { tickMs?: number; stopMs?: number };
  events: { queue?: number; overflow: EventSettings['overflow'] };
  audio?: { fuelPerFrame?: number };
  build?: { command: string };
}

/** Turns a checked manifest into its internal form. */
export function manifestFrom(written: WrittenManifest): Manifest {
  const { author, license, homepage, entry, config, state, update, audio, build, isolation, activity } =
    written;
  return {
    id: written.id,
    name: written.name,
    version: written.version,
    description: written.description,
    author,
    license,
    homepage,
    tags: written.tags,
    carrier: written.carrier,
    entry,
    platforms: written.platforms.map(({ os, cpu, libc, entry: path }) => ({
      os,
      cpu,
      libc,
      entry: path as string,
    })),
    fallbacks: written.fallbacks,
    world: written.world,
    interfaces: written.interfaces,
    idempotent: written.idempotent,
    extensionPoints: written.extensionPoints,
    abi: written.abi,
    engine: written.engine,
    dependencies: Object.entries(written.dependencies).map(([id, given]) =>
      typeof given === 'string'
        ? { id, range: given, optional: false }
        : { id, range: given.range, optional: given.optional ?? false },
    ),
    permissions: written.permissions.map(({ capability, reason, required }) => ({
      capability: parseCapability(capability),
      reason,
      required,
    })),
    limits: written.limits,
    configSchema: config?.schema,
    state: state && {
      schema: state.schema,
      restores: [...new Set([state.schema, ...state.restores])].sort((a, b) => b - a),
      versions: state.versions,
    },
    reload: written.reload,
    channel: update.channel,
    isolation,
    activity: { tickMs: activity.tickMs, stopMs: activity.stopMs },
    events: { queue: written.events.queue, overflow: written.events.overflow },
    audio,
    build,
  };
}
