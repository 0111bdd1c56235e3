import { plainJson } from '@wasm-plugin/abi';
import type { HostEvents, PluginHost } from '@wasm-plugin/engine/host';
import type { Io } from '../io.js';
import { DESCRIBE, reasonOf, type Description } from './describe-event.js';

/** Names of the events that are shown. */
const EVENTS = Object.keys(DESCRIBE) as (keyof HostEvents)[];

/** Output of a running host: a line for each thing that happens, with its time; for programs a JSON object a line. */
export class HostView {
  readonly #io: Io;
  readonly #json: boolean;
  readonly #now: () => number;

  constructor(io: Io, { json, now = Date.now }: { json: boolean; now?: () => number }) {
    this.#io = io;
    this.#json = json;
    this.#now = now;
  }

  /** Shows each event of a host from now on. */
  follow(host: Pick<PluginHost, 'on'>): void {
    for (const name of EVENTS) {
      host.on(name, (event) => {
        const describe = DESCRIBE[name] as (given: typeof event) => Description;
        this.tell({ event: name, ...event }, this.#json ? undefined : describe(event));
      });
    }
  }

  /** Shows something that happened. */
  tell(event: { readonly event: string; readonly [key: string]: unknown }, description: Description): void {
    const at = new Date(this.#now()).toISOString();
    if (this.#json) {
      this.#io.json({ at, ...(plainJson(event) as object) });
      return;
    }
    if (description === undefined) return;
    const { tone, text } = description;
    const mark = { good: this.#io.style('green', '✓'), plain: ' ', bad: this.#io.style('red', '✗') }[tone];
    this.#io.out(`${this.#io.style('dim', at.slice(11, 23))} ${mark} ${text}\n`);
  }

  /** Shows that something of the host itself failed; it goes on. */
  fail(what: string, error: unknown): void {
    this.tell({ event: 'failed', what, error }, { tone: 'bad', text: `${what}: ${reasonOf(error)}` });
  }
}
