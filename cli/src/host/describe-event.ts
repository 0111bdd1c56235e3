import type { HostEvents } from '@wasm-plugin/engine/host';
import { formatBytes, formatMs, logText, printable } from '../terminal/index.js';

/** Text that people see of an event, and how bad it is. `undefined`: none. */
export type Description = { readonly tone: 'good' | 'plain' | 'bad'; readonly text: string } | undefined;

type Describe = { readonly [Name in keyof HostEvents]: (event: HostEvents[Name]) => Description };

/** Events of a host in words for the person who runs it. */
export const DESCRIBE: Describe = {
  state: ({ plugin, version, to, error }) => {
    const name = printable(plugin);
    if (to === 'ready') return good(`${name} ${version} is ready`);
    if (to === 'failed') return bad(`${name} ${version} did not start: ${reasonOf(error)}`);
    if (to === 'dead') return bad(`${name} ${version} died: ${reasonOf(error)}`);
    if (to === 'registered') return plain(`${name} is unloaded`);
    return to === 'disabled' ? plain(`${name} is disabled`) : undefined;
  },
  added: () => undefined,
  removed: () => undefined,
  problem: ({ source, error }) => bad(`${printable(source)}: ${reasonOf(error)}`),
  skipped: ({ plugin, dependency, reason }) =>
    plain(`${printable(plugin)} starts without "${printable(dependency)}": ${printable(reason)}`),
  fallback: ({ plugin, entry, error }) =>
    bad(
      `${printable(plugin)}: "${printable(entry)}" does not start, another entry is tried: ${reasonOf(error)}`,
    ),
  configured: ({ plugin, keys }) =>
    plain(`${printable(plugin)} is configured: ${printable(keys.join(', '))}`),
  denied: ({ error }) => bad(reasonOf(error)),
  log: ({ plugin, level, message }) => plain(`${printable(plugin)} ${level}: ${logText(message, '  ')}`),
  swapped: () => undefined,
  reload: (event) => describeReload(event),
  supervision: (event) => describeSupervision(event),
  watch: (event) => {
    const name = printable(event.plugin);
    if (event.kind === 'failed') return bad(`${name}: the ${event.what} failed: ${reasonOf(event.error)}`);
    if (event.kind !== 'reloaded') return undefined;
    const { from, to, state, durationMs } = event;
    const versions = from === to ? to : `${from} → ${to}`;
    return good(`${name} is reloaded, ${versions}, in ${formatMs(durationMs)}; its state: ${state}`);
  },
  bus: (event) => {
    const [name, topic] = [printable(event.plugin), printable(event.topic)];
    switch (event.kind) {
      case 'dropped':
        return bad(`${name} loses events: its queue is full, at "${topic}"`);
      case 'late':
        return bad(`${name} has not returned from the event "${topic}"`);
      case 'refused':
        return bad(`${name} may not publish "${topic}": ${event.reason}`);
      default:
        return bad(`${name} did not take the event "${topic}": ${reasonOf(event.error)}`);
    }
  },
  extension: ({ plugin, interface: offered, to }) => {
    const what = `${printable(plugin)} for "${printable(offered)}"`;
    if (to === 'open') return bad(`${what} is not asked for a while: its calls fail or are slow`);
    return to === 'closed' ? good(`${what} is asked again`) : undefined;
  },
  life: (event) => {
    const name = printable(event.plugin);
    switch (event.kind) {
      case 'restored':
        return plain(`${name} goes on from its state of ${new Date(event.savedAt).toISOString()}`);
      case 'saved':
        return plain(`${name}: its state is saved, ${formatBytes(event.bytes)}`);
      case 'skipped-state':
        return bad(`${name}: a stored state is of no use: ${reasonOf(event.error)}`);
      case 'started':
      case 'stopped':
        return plain(`${name} has ${event.kind}`);
      default:
        return bad(`${name}: ${WORDS[event.kind]}: ${reasonOf(event.error)}`);
    }
  },
};

const WORDS = {
  'start-failed': 'it did not start',
  'tick-failed': 'its tick failed',
  'stop-failed': 'it did not stop',
  'save-failed': 'its state was not saved',
} as const;

function describeReload(event: HostEvents['reload']): Description {
  const name = printable(event.plugin);
  switch (event.kind) {
    case 'rolled-back':
      return bad(`${name} ${event.from} is rolled back to ${event.to}: ${reasonOf(event.reason)}`);
    case 'confirmed':
      return plain(`${name} ${event.version} is confirmed`);
    case 'skipped-state':
    case 'save-failed':
      return bad(`${name}: its state: ${reasonOf(event.error)}`);
    default:
      return undefined;
  }
}

function describeSupervision(event: HostEvents['supervision']): Description {
  const name = printable(event.plugin);
  switch (event.kind) {
    case 'died': {
      const { restartInMs } = event;
      return restartInMs === undefined
        ? undefined
        : plain(`${name} starts again in ${formatMs(restartInMs)}`);
    }
    case 'restarted':
      return good(`${name} ${event.version} is back; its state: ${event.state}`);
    case 'quarantined':
      return bad(`${name} is in quarantine: ${printable(event.reason)}`);
    case 'breaker':
      return undefined;
    default:
      return bad(`${name}: ${event.kind}: ${reasonOf(event.error)}`);
  }
}

function good(text: string): Description {
  return { tone: 'good', text };
}

function plain(text: string): Description {
  return { tone: 'plain', text };
}

function bad(text: string): Description {
  return { tone: 'bad', text };
}

/** The message of an error, printable. */
export function reasonOf(error: unknown): string {
  return printable(error instanceof Error ? error.message : String(error));
}
