import { LIMITS, PluginError, type LimitName, type ReloadError } from '@wasm-plugin/abi';
import type { ManagedPlugin } from '@wasm-plugin/engine/host';
import type { ReloadEvent, ReloadResult } from '@wasm-plugin/engine/reload';
import type { Io } from '../io.js';
import { formatBytes, formatCount, printable } from '../terminal/index.js';
import { formatMs } from './format-ms.js';

const STATES: Readonly<Record<ReloadResult['state'], string>> = {
  carried: 'its state carried over',
  given: 'with the stored state',
  'last-good': 'with the last good state',
  discarded: 'its state discarded',
  none: 'no state to carry',
};

/** What is shown of a plugin under development: a line for each thing that happens, and what it uses. */
export class DevView {
  readonly #io: Io;
  #reloads = 0;
  #failures = 0;

  constructor(io: Io) {
    this.#io = io;
  }

  say(text: string): void {
    this.#io.out(`${text}\n`);
  }

  built(durationMs: number): void {
    this.#good(`built in ${formatMs(durationMs)}`);
  }

  ready({ name, version }: ManagedPlugin): void {
    this.#good(`${printable(name)} ${version} is ready`);
  }

  reloaded({ from, to, state, pauseMs, durationMs }: ReloadResult & { durationMs: number }): void {
    this.#reloads++;
    const versions = from === to ? to : `${from} → ${to}`;
    const pause = `no call waited longer than ${formatMs(pauseMs)}`;
    this.#good(`reloaded ${versions} in ${formatMs(durationMs)}, ${STATES[state]}; ${pause}`);
  }

  saved(bytes: number, store: string): void {
    this.#good(`saved its state, ${formatBytes(bytes)}, in ${printable(store)}`);
  }

  /** Shows what happened after a reload was committed. */
  reloadEvent(event: ReloadEvent): void {
    switch (event.kind) {
      case 'confirmed':
        return this.#good(`${event.version} is confirmed after ${event.calls} calls`);
      case 'rolled-back': {
        this.#failures++;
        const why = `${event.from} failed: ${messageOf(event.reason)}`;
        return this.#bad(`rolled back to ${event.to}; ${event.lost} calls lost. ${why}`);
      }
      case 'skipped-state':
      case 'save-failed':
        return this.#bad(messageOf(event.error));
      default:
    }
  }

  /** Shows what failed, and what goes on meanwhile. */
  fail(what: 'build' | 'start' | 'reload' | 'save' | 'watch', error: unknown, running?: ManagedPlugin): void {
    this.#failures++;
    const step =
      PluginError.is(error) && error.code === 'WP_RELOAD' ? ` at "${(error as ReloadError).step}"` : '';
    const serves =
      running === undefined
        ? ''
        : running.state === 'ready'
          ? `; ${printable(running.name)} ${running.version} goes on`
          : `; ${printable(running.name)} is ${running.state}`;
    this.#bad(`${what} failed${step}${serves}\n${messageOf(error)}`);
  }

  /** Shows what the plugin uses, and how often it was reloaded. */
  usage(plugin: ManagedPlugin): void {
    const used = Object.entries(plugin.usage())
      .filter(([, value]) => value > 0)
      .map(([name, value]) => usageText(name as LimitName, value));
    const reloads = `${formatCount(this.#reloads, 'reload')}, ${formatCount(this.#failures, 'failure')}`;
    this.say(this.#io.style('dim', `  ${[...used, reloads].join(' · ')}`));
  }

  log(level: string, message: string): void {
    this.say(`  ${this.#io.style('dim', level.padEnd(5))} ${printable(message)}`);
  }

  answer(name: string, text: string): void {
    this.say(`  ${printable(name)} = ${printable(text).replaceAll('\n', '\n  ')}`);
  }

  end(): void {
    this.say('ended');
  }

  #good(text: string): void {
    this.say(`${this.#io.style('green', '✓')} ${text}`);
  }

  #bad(text: string): void {
    this.say(`${this.#io.style('red', '✗')} ${printable(text).replaceAll('\n', '\n    ')}`);
  }
}

function usageText(name: LimitName, value: number): string {
  const { unit } = LIMITS[name];
  if (unit === 'bytes') return `${name} ${formatBytes(value)}`;
  return `${name} ${unit === 'ms' ? formatMs(value) : value.toLocaleString('en')}`;
}

function messageOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}
