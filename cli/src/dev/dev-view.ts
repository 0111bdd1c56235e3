import {
  LIMITS,
  PluginError,
  type CapabilityError,
  type LimitName,
  type ReloadError,
} from '@wasm-plugin/abi';
import type { ManagedPlugin } from '@wasm-plugin/engine/host';
import type { ReloadEvent, ReloadResult } from '@wasm-plugin/engine/reload';
import type { Io } from '../io.js';
import { formatBytes, formatCount, formatMs, logText, printable, StatusLine } from '../terminal/index.js';

const STATES: Readonly<Record<ReloadResult['state'], string>> = {
  carried: 'its state carried over',
  given: 'with the stored state',
  'last-good': 'with the last good state',
  discarded: 'its state discarded',
  none: 'no state to carry',
};

/** Steps of development that can fail. */
export type DevFailure = 'build' | 'start' | 'reload' | 'save' | 'watch';

/**
 * Display of a plugin under development. For people one line an event and, on a terminal, a last line with its state and use of
 * resources; for machines one JSON object a line.
 */
export class DevView {
  readonly #io: Io;
  readonly #json: boolean;
  readonly #lines: StatusLine;
  #plugin: ManagedPlugin | undefined;
  #reloads = 0;
  #failures = 0;
  #lastPauseMs: number | undefined;
  /** Step that fails with the present sources. */
  #broken: DevFailure | undefined;
  #building: { how: string; began: number } | undefined;

  constructor(io: Io, { json = false }: { json?: boolean } = {}) {
    this.#io = io;
    this.#json = json;
    this.#lines = new StatusLine(io);
  }

  /** True if there is a last line to refresh. */
  get isLive(): boolean {
    return this.#io.terminal !== undefined && !this.#json;
  }

  watching(id: string, { folder, how }: { folder: string; how: string }): void {
    const name = this.#io.style('bold', printable(id));
    this.#tell(
      { event: 'watching', id, folder, builder: how },
      `${name}  watching ${printable(folder)} (${how}); Ctrl+C ends`,
    );
  }

  /** Reports that a build has begun or, with the time since, that it still goes on. On a terminal, the last line shows it. */
  building(how: string, sinceMs = 0): void {
    this.#building ??= { how, began: performance.now() };
    if (this.isLive) this.refresh();
    else {
      const since = sinceMs === 0 ? '' : `, ${formatMs(sinceMs)} so far`;
      this.#tell({ event: 'building', builder: how, sinceMs }, `  building (${how})${since}`);
    }
  }

  built(durationMs: number): void {
    this.#building = undefined;
    this.#good({ event: 'built', durationMs }, `built in ${formatMs(durationMs)}`);
  }

  ready(plugin: ManagedPlugin): void {
    const { name, version } = plugin;
    this.#plugin = plugin;
    this.#broken = undefined;
    this.#good({ event: 'ready', id: name, version }, `${printable(name)} ${version} is ready`);
  }

  unchanged({ name, version }: ManagedPlugin): void {
    this.#broken = undefined;
    this.#good(
      { event: 'unchanged', id: name, version },
      `${printable(name)} ${version} goes on: what was built is what runs`,
    );
  }

  reloaded({ from, to, state, pauseMs, durationMs }: ReloadResult & { durationMs: number }): void {
    this.#reloads++;
    this.#lastPauseMs = pauseMs;
    this.#broken = undefined;
    const versions = from === to ? to : `${from} → ${to}`;
    const pause = `no call waited longer than ${formatMs(pauseMs)}`;
    this.#good(
      { event: 'reloaded', from, to, state, pauseMs, durationMs },
      `reloaded ${versions} in ${formatMs(durationMs)}, ${STATES[state]}; ${pause}`,
    );
  }

  saved(bytes: number, store: string): void {
    this.#good(
      { event: 'saved', bytes, store },
      `saved its state, ${formatBytes(bytes)}, in ${printable(store)}`,
    );
  }

  /** Shows an event after the commit of a reload. */
  reloadEvent(event: ReloadEvent): void {
    switch (event.kind) {
      case 'confirmed': {
        const { version, calls } = event;
        return this.#good(
          { event: 'confirmed', version, calls },
          `${version} is confirmed after ${formatCount(calls, 'call')}`,
        );
      }
      case 'rolled-back': {
        this.#failures++;
        const { from, to, replayed, lost } = event;
        const message = messageOf(event.reason);
        return this.#bad(
          { event: 'rolled-back', from, to, replayed, lost, message },
          `rolled back to ${to}; ${formatCount(lost, 'call')} lost. ${from} failed: ${message}`,
        );
      }
      case 'skipped-state':
      case 'save-failed':
        return this.#bad({ event: event.kind, message: messageOf(event.error) }, messageOf(event.error));
      default:
    }
  }

  /** Shows a failure, and the version that continues. */
  fail(what: DevFailure, error: unknown): void {
    this.#failures++;
    this.#building = undefined;
    if (what === 'build' || what === 'start' || what === 'reload') this.#broken = what;
    const failedStep =
      PluginError.is(error) && error.code === 'WP_RELOAD' ? (error as ReloadError).step : undefined;
    const step = failedStep === undefined ? '' : ` at "${failedStep}"`;
    const { name = '', version, state } = this.#plugin ?? {};
    const serves =
      version === undefined
        ? ''
        : `; ${printable(name)} ${state === 'ready' ? `${version} goes on` : `is ${state}`}`;
    const running = version === undefined ? null : { id: name, version, state };
    const hint = hintOf(error);
    this.#bad(
      {
        event: 'failed',
        what,
        step: failedStep ?? null,
        message: messageOf(error),
        hint: hint ?? null,
        running,
      },
      `${what} failed${step}${serves}\n${messageOf(error)}${hint === undefined ? '' : `\nhint: ${hint}`}`,
    );
  }

  /** Shows the plugin's use of resources, and the number of its reloads: below the last event, or in the last line. */
  usage(): void {
    const plugin = this.#plugin;
    if (plugin === undefined) return;
    const used = Object.entries(plugin.usage()).filter(([, value]) => value > 0) as [LimitName, number][];
    const reloads = `${formatCount(this.#reloads, 'reload')}, ${formatCount(this.#failures, 'failure')}`;
    const text = [...used.map(([name, value]) => usageText(name, value)), reloads].join(' · ');
    const event = {
      event: 'usage',
      usage: Object.fromEntries(used),
      reloads: this.#reloads,
      failures: this.#failures,
    };
    if (this.isLive) this.refresh();
    else this.#tell(event, this.#io.style('dim', `  ${text}`));
  }

  /** Writes the last line anew. */
  refresh(): void {
    if (!this.isLive) return;
    const plugin = this.#plugin;
    const building =
      this.#building &&
      `building (${this.#building.how}), ${formatMs(performance.now() - this.#building.began)}`;
    if (plugin === undefined) {
      const nothing = this.#broken && `${this.#broken} failed: nothing runs`;
      const shown = building ?? nothing;
      return this.#lines.show(shown === undefined ? '' : ` ${shown} `);
    }
    const { name, version, state } = plugin;
    const { stateBytes = 0, memoryBytes = 0, ...rest } = plugin.usage() as Partial<Record<LimitName, number>>;
    const parts = [
      `${printable(name)} ${version} ${state}`,
      ...(building === undefined ? [] : [building]),
      ...(this.#broken === undefined ? [] : [`${this.#broken} FAILED, this is the version before`]),
      formatCount(this.#reloads, 'reload'),
      formatCount(this.#failures, 'failure'),
      ...(this.#lastPauseMs === undefined ? [] : [`last pause ${formatMs(this.#lastPauseMs)}`]),
      ...(stateBytes > 0 ? [`state ${formatBytes(stateBytes)}`] : []),
      `memory ${formatBytes(memoryBytes)}`,
      ...(Object.entries(rest) as [LimitName, number][])
        .filter(([, value]) => value > 0)
        .map(([key, value]) => usageText(key, value)),
    ];
    this.#lines.show(` ${parts.join(' · ')} `);
  }

  log(level: string, message: string): void {
    this.#tell(
      { event: 'log', level, message },
      `  ${this.#io.style('dim', level.padEnd(5))} ${logText(message, ' '.repeat(8))}`,
    );
  }

  answer(name: string, text: string): void {
    this.#tell({ event: 'answer', export: name, text }, `  ${printable(name)} = ${logText(text, '  ')}`);
  }

  /** Shows a refusal, with its remedy. */
  denied(error: CapabilityError): void {
    const { capability, lacking } = error;
    this.#bad({ event: 'denied', capability, lacking }, `refused ${capability}: ${cureOf(error)}`);
  }

  /** Shows a line that a program writes. */
  output(stream: 'stdout' | 'stderr', text: string): void {
    this.#tell({ event: 'output', stream, text }, `  ${logText(text, '  ')}`);
  }

  /** Shows how a program ended. */
  exited(id: string, exitCode: number): void {
    const tell = exitCode === 0 ? this.#good.bind(this) : this.#bad.bind(this);
    tell({ event: 'exited', id, exitCode }, `${printable(id)} ended with exit code ${exitCode}`);
  }

  end(): void {
    this.#plugin = undefined;
    this.#broken = undefined;
    this.#building = undefined;
    this.#lines.show('');
    this.#tell({ event: 'ended' }, 'ended');
  }

  #good(event: DevEvent, text: string): void {
    this.#tell(event, `${this.#io.style('green', '✓')} ${text}`);
  }

  #bad(event: DevEvent, text: string): void {
    this.#tell(event, `${this.#io.style('red', '✗')} ${printable(text).replaceAll('\n', '\n    ')}`);
  }

  #tell(event: DevEvent, text: string): void {
    if (this.#json) this.#io.json(event);
    else this.#lines.print(text);
    this.refresh();
  }
}

type DevEvent = { readonly event: string } & Readonly<Record<string, unknown>>;

function usageText(name: LimitName, value: number): string {
  const { unit } = LIMITS[name];
  if (unit === 'bytes') return `${name} ${formatBytes(value)}`;
  return `${name} ${unit === 'ms' ? formatMs(value) : Math.round(value).toLocaleString('en')}`;
}

function hintOf(error: unknown): string | undefined {
  if (isDenied(error)) return cureOf(error);
  const { hint } = (error ?? {}) as { hint?: unknown };
  return typeof hint === 'string' ? hint : undefined;
}

function isDenied(error: unknown): error is CapabilityError {
  return PluginError.is(error) && error.code === 'WP_CAPABILITY';
}

/** Returns the remedy of a refusal. */
function cureOf({ capability, lacking }: CapabilityError): string {
  return lacking === 'manifest'
    ? `ask for it in "permissions" of plugin.json`
    : `grant it: --grant ${capability}`;
}

function messageOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}
