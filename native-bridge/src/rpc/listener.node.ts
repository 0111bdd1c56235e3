import { PluginError } from '@wasm-plugin/abi';
import { memoryFiles, type PluginFiles } from '@wasm-plugin/abi/package';
import { formatRefusal, parseHello, type Hello } from './hello.js';
import { holdTransport, type HeldTransport } from './held-transport.js';
import { startServer, type Caller, type RunningServer, type ServerOptions } from './server.node.js';
import { TokenCheck, type Secrets } from './tokens.node.js';
import type { Transport } from './transport.js';

/** Rules for plugins that connect to this host. */
export interface ListenOptions {
  /** The certificate of this host for `tls:`; with `ca`, a plugin needs one whose common name is its id (mutual TLS). */
  tls?: ServerOptions['tls'];
  /** Secrets by the ids of the plugins: each proves by a token that it knows its own. @default no tokens are asked for */
  secrets?: Secrets;
  /** The longest time until a plugin has introduced itself, in milliseconds. @default 10,000 */
  helloMs?: number;
  /** Hears who was refused and why. */
  onRefused?: (error: PluginError) => void;
}

/** The entry of a plugin that dials its host. */
export const LISTEN_SCHEME = 'listen:';

/** Connections of one version of a plugin that wait for an instance. An older one gives way. */
const MOST_WAITING = 4;

/** Versions of plugins that may be known. */
const MOST_KNOWN = 10_000;

/** A version of a plugin that has connected: its manifest, who waits for an instance, and which instances wait for it. */
interface Known {
  readonly files: PluginFiles;
  readonly waiting: HeldTransport[];
  readonly takers: ((transport: Transport) => void)[];
}

/**
 * An address at which plugins connect to this host. Give the listener to the carrier, `rpc({ listener })`, and add the
 * plugins that register to the host.
 * @example
 * const listener = await listen('tls:0.0.0.0:7420', { tls, secrets });
 * const host = createPluginHost({ carriers: [rpc({ listener })] });
 * listener.onPlugin(async (files) => host.load((await host.add(files)).name));
 */
export class Listener {
  readonly #options: ListenOptions;
  readonly #tokens: TokenCheck | undefined;
  readonly #known = new Map<string, Known>();
  readonly #listeners: ((files: PluginFiles) => unknown)[] = [];
  #server: RunningServer | undefined;

  constructor(options: ListenOptions) {
    this.#options = options;
    this.#tokens = options.secrets === undefined ? undefined : new TokenCheck(options.secrets);
  }

  /** The address, with its port. */
  get address(): string {
    return this.#server?.address ?? '';
  }

  /** Begins to listen. Once. @see listen */
  async open(address: string): Promise<this> {
    const { tls } = this.#options;
    this.#server = await startServer(address, (caller) => void this.#accept(caller), {
      ...(tls === undefined ? {} : { tls }),
      hasTokens: this.#tokens !== undefined,
      onRefused: (reason, peer) =>
        this.#tell(new PluginError('WP_BRIDGE', `Cannot let ${peer} in: ${reason}`)),
    });
    return this;
  }

  /** Hears each version of a plugin that connects for the first time, also those that have: a package with its manifest. */
  onPlugin(listener: (files: PluginFiles) => unknown): void {
    this.#listeners.push(listener);
    for (const { files } of this.#known.values()) listener(files);
  }

  /**
   * Returns a connection of a plugin, once there is one.
   * @throws {PluginError} WP_BRIDGE none came in time
   */
  take(id: string, version: string, ms: number): Promise<Transport> {
    const known = this.#known.get(keyOf(id, version));
    const fail = (reason: string): PluginError =>
      new PluginError('WP_BRIDGE', `Cannot reach "${id}": ${reason}`, { plugin: id });
    if (known === undefined) return Promise.reject(fail(`${version} has not connected`));
    const held = known.waiting.shift();
    if (held !== undefined) return Promise.resolve(held.transport);
    return new Promise((resolve, reject) => {
      const taker = (transport: Transport): void => {
        clearTimeout(timer);
        resolve(transport);
      };
      const timer = setTimeout(() => {
        known.takers.splice(known.takers.indexOf(taker), 1);
        reject(fail(`it did not connect again in ${ms} ms`));
      }, ms);
      known.takers.push(taker);
    });
  }

  /** Ends every connection, and lets nobody in any more. */
  async close(): Promise<void> {
    await this.#server?.close();
  }

  async #accept({ transport, peer, certified }: Caller): Promise<void> {
    const held = holdTransport(transport);
    const timer = setTimeout(() => transport.close(), this.#options.helloMs ?? 10_000);
    try {
      const hello = parseHello(await held.line, peer);
      this.#admit(hello, certified);
      this.#register(hello, held);
    } catch (error) {
      const reason = error instanceof Error ? error.message : String(error);
      held.refuse(formatRefusal(reason));
      this.#tell(
        PluginError.is(error) ? error : new PluginError('WP_BRIDGE', `Cannot talk to ${peer}: ${reason}`),
      );
    } finally {
      clearTimeout(timer);
    }
  }

  #admit({ id = '', token }: Hello, certified: string | undefined): void {
    this.#tokens?.admit({ id, ...(token === undefined ? {} : { token }) });
    if (this.#options.tls?.ca === undefined || certified === id) return;
    const reason = `its certificate is for ${JSON.stringify(certified)}`;
    throw new PluginError('WP_BRIDGE', `Cannot let ${JSON.stringify(id)} in: ${reason}`);
  }

  #register({ id, version, manifest }: Hello, held: HeldTransport): void {
    if (id === undefined || version === undefined || manifest === undefined)
      throw new Error('a plugin that connects gives its "id", "version" and "manifest"');
    if (manifest['id'] !== id || manifest['version'] !== version)
      throw new Error('its "id" and "version" are not those of its manifest');
    const key = keyOf(id, version);
    let known = this.#known.get(key);
    const isNew = known === undefined;
    if (known === undefined) {
      if (this.#known.size >= MOST_KNOWN) throw new Error(`${MOST_KNOWN} plugins are known already`);
      known = { files: filesOf(id, manifest), waiting: [], takers: [] };
      this.#known.set(key, known);
    }
    const { waiting } = known;
    const taker = known.takers.shift();
    if (taker === undefined) {
      waiting.push(held);
      held.onEnd = () => void (waiting.includes(held) && waiting.splice(waiting.indexOf(held), 1));
      if (waiting.length > MOST_WAITING)
        waiting.shift()?.refuse(formatRefusal(`${MOST_WAITING} others of this plugin wait already`));
    } else taker(held.transport);
    if (isNew) for (const listener of this.#listeners) listener(known.files);
  }

  #tell(error: PluginError): void {
    this.#options.onRefused?.(error);
  }
}

/**
 * Listens for plugins that connect by themselves, at `unix:/path`, `tcp:localhost:port` or `tls:host:port`. From other machines
 * they must prove their identity: by a token (`secrets`), a certificate (`tls.ca`), or both.
 * @throws {PluginError} WP_CARRIER the address is of no known form, or would admit plugins without a proof of identity;
 * WP_BRIDGE it is taken
 */
export function listen(address: string, options: ListenOptions = {}): Promise<Listener> {
  return new Listener(options).open(address);
}

function keyOf(id: string, version: string): string {
  return `${id}@${version}`;
}

/** Makes the package of a plugin that has no files here: it runs where it is, and the entries of its manifest do not matter. */
function filesOf(id: string, manifest: Readonly<Record<string, unknown>>): PluginFiles {
  const { platforms: _, fallbacks: __, ...rest } = manifest;
  const own = { ...rest, carrier: 'rpc', entry: `${LISTEN_SCHEME}${id}` };
  return memoryFiles({ 'plugin.json': JSON.stringify(own) }, `${LISTEN_SCHEME}${id}`);
}
