import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { resolveLimits } from '@wasm-plugin/abi';
import { memoryFiles } from '@wasm-plugin/abi/package';
import { rpc } from '@wasm-plugin/native-bridge';
import { natsLink } from '@wasm-plugin/native-bridge/nats';
import { BIN, plainEnvironment } from './run-cli.js';

/** An event that `wasm-plugin serve --json` prints. */
export interface PrintedEvent {
  event: string;
  message?: string;
  version?: string;
}

/** A process of `wasm-plugin serve --nats`, and its output. */
export class NatsHost {
  readonly child: ChildProcess;
  readonly events: PrintedEvent[] = [];
  readonly #heard = new Set<() => void>();

  constructor(plugin: string, url: string, args: readonly string[] = []) {
    this.child = spawn(process.execPath, [BIN, 'serve', plugin, '--nats', url, '--json', ...args], {
      stdio: ['ignore', 'pipe', 'inherit'],
      env: plainEnvironment(),
    });
    let rest = '';
    this.child.stdout?.on('data', (bytes) => {
      const lines = (rest + String(bytes)).split('\n');
      rest = lines.pop() ?? '';
      for (const line of lines) this.events.push(JSON.parse(line) as PrintedEvent);
      for (const hear of this.#heard) hear();
    });
  }

  /** Waits for an event, or one that a function picks. */
  until(wanted: string | ((event: PrintedEvent) => boolean)): Promise<void> {
    const isWanted =
      typeof wanted === 'string' ? ({ event }: PrintedEvent): boolean => event === wanted : wanted;
    return new Promise((resolve, reject) => {
      const look = (): void => {
        if (!this.events.some((event) => isWanted(event))) return;
        this.#heard.delete(look);
        resolve();
      };
      this.#heard.add(look);
      this.child.once('exit', (code) =>
        reject(new Error(`the host ended with ${code}: ${JSON.stringify(this.events)}`)),
      );
      look();
    });
  }

  async end(signal: NodeJS.Signals): Promise<void> {
    if (this.child.exitCode !== null || this.child.signalCode !== null) return;
    this.child.kill(signal);
    await once(this.child, 'exit');
  }
}

/** Functions of an interface of a plugin that hosts serve by NATS. */
export type Functions = Record<string, (...args: unknown[]) => Promise<unknown>>;

/** Connects to a plugin by `natsLink`. */
export async function callersOf(
  id: string,
  { url, name, wallMs = 2000 }: { url: string; name: string; wallMs?: number },
): Promise<{ functions: Functions; close(): Promise<void> }> {
  const carrier = rpc({ links: { nats: natsLink() } });
  const source = { id, version: '1.0.0', entry: url, files: memoryFiles({}) };
  const plugin = await carrier.load(source, { limits: resolveLimits({ wallMs }) });
  const { exports } = await plugin.instantiate({ imports: {} });
  return { functions: exports[name] as Functions, close: async () => await plugin.close() };
}
