import { appendFile, mkdir, rename, stat } from 'node:fs/promises';
import { dirname } from 'node:path';
import { formatCapability, plainJson } from '@wasm-plugin/abi';
import { SerialQueue } from '../runtime/index.js';
import type { HostEvents } from './host-events.js';
import type { PluginHost } from './plugin-host.js';

/** A file that is larger gets a new name, in place of the one before it. */
const MOST_BYTES = 16 * 2 ** 20;

/** Lines that wait to be written; beyond that they are dropped, and the number is noted. */
const MOST_WAITING = 10_000;

/**
 * Log of what was decided in a host: a line of JSON for each load with its grants, denial, configuration, reload, rollback,
 * quarantine and request of an operator. To be closed.
 */
export class AuditLog {
  readonly #path: string;
  readonly #onError: (error: unknown) => void;
  readonly #queue = new SerialQueue();
  #waiting = 0;
  #dropped = 0;
  #isBroken = false;

  /** @param onError called once if the file cannot be written, and again after it could */
  constructor(path: string, onError: (error: unknown) => void) {
    this.#path = path;
    this.#onError = onError;
  }

  /** Writes what happens in a host from now on. */
  follow(host: PluginHost): void {
    host.on('state', ({ plugin, version, to, error }) => {
      const grants = to === 'ready' ? host.get(plugin).grants.map(formatCapability) : undefined;
      if (WRITTEN.has(to)) this.write(to, { plugin, version, grants, error });
    });
    host.on('denied', ({ plugin, error: { capability, lacking } }) =>
      this.write('denied', { plugin, capability, lacking }),
    );
    host.on('configured', ({ plugin, keys }) => this.write('configured', { plugin, keys }));
    host.on('reload', (event) => this.#reload(event));
    host.on('supervision', ({ plugin, kind, ...facts }) => {
      if (kind === 'quarantined' || kind === 'restarted') this.write(kind, { plugin, ...facts });
    });
  }

  /** Writes one line. */
  write(what: string, facts: object): void {
    if (this.#waiting >= MOST_WAITING) {
      this.#dropped++;
      return;
    }
    const dropped = this.#dropped > 0 ? { dropped: this.#dropped } : {};
    this.#dropped = 0;
    const line = JSON.stringify(plainJson({ at: new Date().toISOString(), what, ...facts, ...dropped }));
    this.#waiting++;
    void this.#queue.run(() => this.#append(`${line}\n`)).finally(() => this.#waiting--);
  }

  /** Settles once everything is written. */
  close(): Promise<unknown> {
    return this.#queue.whenDone();
  }

  #reload(event: HostEvents['reload']): void {
    const { kind, plugin } = event;
    if (kind === 'committed')
      this.write('reloaded', { plugin, from: event.from, to: event.to, state: event.state });
    if (kind === 'rolled-back')
      this.write(kind, { plugin, from: event.from, to: event.to, reason: event.reason });
    if (kind === 'failed') this.write('reload-failed', { plugin, step: event.step, error: event.error });
  }

  async #append(line: string): Promise<void> {
    try {
      const size = await stat(this.#path).then(
        (found) => found.size,
        () => 0,
      );
      if (size === 0) await mkdir(dirname(this.#path), { recursive: true });
      if (size > MOST_BYTES) await rename(this.#path, `${this.#path}.1`);
      await appendFile(this.#path, line, { mode: 0o600 });
      this.#isBroken = false;
    } catch (error) {
      if (!this.#isBroken) this.#onError(error);
      this.#isBroken = true;
    }
  }
}

const WRITTEN: ReadonlySet<string> = new Set([
  'ready',
  'registered',
  'failed',
  'dead',
  'disabled',
  'removed',
]);
