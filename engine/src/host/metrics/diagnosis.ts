import { PluginError, recoveryOf, type CarrierKind, type LimitName } from '@wasm-plugin/abi';
import type { HostEvents } from '../host-events.js';
import type { ManagedPlugin } from '../managed-plugin.js';
import type { PluginState } from '../plugin-state.js';
import type { RecordedEvent } from './recent-events.js';

/** Facts about a plugin, for the person who looks for a fault in it. */
export interface Diagnosis {
  readonly plugin: string;
  readonly version: string;
  readonly state: PluginState;
  /** `undefined` where nothing of it runs. */
  readonly carrier: CarrierKind | undefined;
  /** True if its calls give promises, as those of an instance in a thread or another process. */
  readonly isAsync: boolean;
  /** Place of its files. */
  readonly source: string;
  readonly isQuarantined: boolean;
  /** Error of which it died, or did not start. */
  readonly error: unknown;
  /** Limits that are set, with what is used of them, the fullest first. */
  readonly limits: readonly LimitUse[];
  /** Its last errors, the oldest first. */
  readonly errors: readonly RecordedEvent[];
  readonly events: readonly RecordedEvent[];
  readonly logs: readonly RecordedEvent[];
  /** Sentences for people: what can be done. */
  readonly advice: readonly string[];
}

/** A limit, and what is used of it. */
export interface LimitUse {
  readonly limit: LimitName;
  readonly used: number;
  readonly allowed: number;
  /** Between 0 and 1. */
  readonly share: number;
}

/** Facts that the host has beside the plugin's. */
export interface DiagnosisFacts {
  readonly isQuarantined: boolean;
  readonly events: readonly RecordedEvent[];
  readonly logs: readonly RecordedEvent[];
}

const NEAR = 0.8;
const MOST_SHOWN = 20;

/** Collects what is known of a plugin, and says what can be done. */
export function diagnose(plugin: ManagedPlugin, facts: DiagnosisFacts): Diagnosis {
  const { name, version, state, error, running } = plugin;
  const { isQuarantined, events, logs } = facts;
  const errors = events.filter(isError);
  const limits = limitsOf(plugin);
  return {
    plugin: name,
    version,
    state,
    carrier: running?.carrier,
    isAsync: running?.calls === 'async',
    source: plugin.package.files.source,
    isQuarantined,
    error,
    limits,
    errors: errors.slice(-MOST_SHOWN),
    events: events.slice(-MOST_SHOWN),
    logs: logs.slice(-MOST_SHOWN),
    advice: [
      ...adviceFor(plugin, isQuarantined),
      ...limits.filter(({ share }) => share >= NEAR).map(nearText),
    ],
  };
}

function limitsOf(plugin: ManagedPlugin): LimitUse[] {
  const limits = plugin.running?.limits;
  if (limits === undefined) return [];
  const used = Object.entries(plugin.usage()) as [LimitName, number][];
  return used
    .flatMap(([limit, amount]) => {
      const allowed = limits[limit];
      return Number.isFinite(allowed) && allowed > 0
        ? [{ limit, used: amount, allowed, share: amount / allowed }]
        : [];
    })
    .sort((a, b) => b.share - a.share);
}

function nearText({ limit, used, allowed, share }: LimitUse): string {
  return `It uses ${Math.round(share * 100)} % of its limit "${limit}" (${used} of ${allowed}).`;
}

function adviceFor({ name, state, error }: ManagedPlugin, isQuarantined: boolean): string[] {
  const advice: string[] = [];
  if (isQuarantined)
    advice.push(`It died too often, and is left alone: start it with "wasm-plugin start ${name}".`);
  if (state === 'disabled') advice.push('It is disabled: nothing loads it until it is started.');
  if (state !== 'dead' && state !== 'failed') return advice;
  const code = PluginError.is(error) ? error.code : undefined;
  if (code !== undefined) advice.push(`"wasm-plugin explain ${code}" says what ${code} means.`);
  return [...advice, HELP[recoveryOf(error)]];
}

const HELP = {
  call: 'Another call may succeed.',
  restart: 'A fresh instance may do better: reload it.',
  wait: 'The same again later may succeed.',
  change: 'A new start gives the same error: something has to be changed first.',
} as const;

/** Returns whether an event is about something that went wrong. */
function isError({ event }: { event: HostEvents[keyof HostEvents] }): boolean {
  return 'error' in event && event.error !== undefined;
}
