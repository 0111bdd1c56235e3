import { PluginError } from '@wasm-plugin/abi';
import { ByteWriter } from '../value/index.js';
import { beginFrame, FRAME, openFrame, type Send } from './frame.js';
import { HandleTables } from './handle-tables.js';
import { writeHandle } from './handle-bytes.js';
import { Heartbeat } from './heartbeat.js';
import { formatHello, parseHello, PROTOCOL_VERSIONS, type Hello } from './hello.js';
import { IncomingCalls, MOST_BATCH, type Offer } from './incoming-calls.js';
import { Messages, WINDOW_BYTES } from './messages.js';
import { OutgoingCalls, type CallOptions } from './outgoing-calls.js';
import { Signature } from './signature.js';
import type { ClassOf } from './remote-resource.js';
import type { Transport } from './transport.js';

/** Options of one side of a connection. */
export interface ConnectionOptions {
  /** The name of this side. */
  readonly id?: string;
  readonly version?: string;
  readonly token?: string;
  /** The `plugin.json` of a plugin that dials its host. */
  readonly manifest?: Readonly<Record<string, unknown>>;
  /** Functions that the other side may call. */
  readonly offers: readonly Offer[];
  /** Calls that the other side may have under way. @default 1024 */
  readonly calls?: number;
  /** The longest message, and all messages that come in parts, in bytes. @default 128 MiB */
  readonly messageBytes?: number;
  /** Decides whether the other side may connect. @throws to refuse */
  readonly admit?: (hello: Hello) => void;
  /** Asks for a sign of life if none came for so long, and ends the connection if none comes for as long again. @default never */
  readonly heartbeatMs?: number;
  /** The most that may wait for the other side to read it, in bytes; beyond, the connection ends. @default 256 MiB */
  readonly pendingBytes?: number;
  /** The connection is over; `error` says why, `undefined` if this side closed it. */
  readonly onClose?: (error: PluginError | undefined) => void;
}

/** Bytes that wait to be sent beyond which no further call is made or begun. */
const CLOGGED_BYTES = 16 * 2 ** 20;

const DEFAULT_PENDING_BYTES = 256 * 2 ** 20;
const DEFAULT_CALLS = 1024;
const DEFAULT_MESSAGE_BYTES = 128 * 2 ** 20;

/**
 * One side of a connection: calls the functions that the other side offers, and answers its calls. Both sides are alike.
 *
 * State: opening until `opened` settles; open until `close`, a fault of the other side, or the end of the transport. A fault in
 * the other side's data ends the connection: nothing after it can be trusted.
 */
export class Connection {
  readonly #transport: Transport;
  readonly #options: ConnectionOptions;
  readonly #writer = new ByteWriter();
  readonly #handles = new HandleTables((handle) => this.#sendDrop(handle));
  readonly #messages: Messages;
  readonly #incoming: IncomingCalls;
  readonly #outgoing: OutgoingCalls;
  readonly #opened: Promise<Hello>;
  #settleOpened: { resolve(hello: Hello): void; reject(error: unknown): void } | undefined;
  readonly #pongs: { resolve(): void; reject(error: PluginError): void }[] = [];
  #heartbeat: Heartbeat | undefined;
  #signatures: Signature[] = [];
  #hello: Hello | undefined;
  #closed = false;

  constructor(transport: Transport, options: ConnectionOptions) {
    this.#transport = transport;
    this.#options = options;
    const {
      id,
      version,
      token,
      manifest,
      offers,
      calls = DEFAULT_CALLS,
      messageBytes = DEFAULT_MESSAGE_BYTES,
    } = options;
    this.#messages = new Messages({
      mostBytes: messageBytes,
      sendFrame: (frame) => this.#sendFrame(frame),
      pendingBytes: () => transport.pendingBytes,
      onSent: () => this.#outgoing.fill(),
      waits: (id) => this.#outgoing.waits(id),
    });
    const send: Send = (message, of) => {
      if (this.#closed) return;
      this.#messages.send(message, of);
      // Frames are counted as they are sent; the rest of a long message waits here.
      if (this.#messages.bytes > 0) this.#boundPending();
    };
    const isClogged = (): boolean => this.pendingBytes > CLOGGED_BYTES;
    const handles = this.#handles;
    this.#incoming = new IncomingCalls({ offers, calls, send, isClogged, handles });
    this.#outgoing = new OutgoingCalls({
      peer: transport.name,
      send,
      isClogged: () => this.#messages.hasCall || isClogged(),
      handles,
    });
    this.#opened = new Promise((resolve, reject) => (this.#settleOpened = { resolve, reject }));
    this.#opened.catch(() => undefined);
    transport.start({
      onLine: (line) => this.#guarded(() => this.#onLine(line)),
      onFrame: (frame) => this.#guarded(() => this.#onFrame(frame)),
      onDrain: () => this.#guarded(() => this.#onDrain()),
      onClose: (reason) => this.#end(reason === undefined ? undefined : this.#failure(reason)),
    });
    transport.sendLine(
      formatHello({
        versions: PROTOCOL_VERSIONS,
        ...(id === undefined ? {} : { id }),
        ...(version === undefined ? {} : { version }),
        ...(token === undefined ? {} : { token }),
        ...(manifest === undefined ? {} : { manifest }),
        functions: offers.map((offer) => offer.hello),
        calls,
        window: WINDOW_BYTES,
        batch: MOST_BATCH,
      }),
    );
  }

  /** Settles when the other side has introduced itself. @throws {PluginError} WP_BRIDGE it cannot be talked to */
  get opened(): Promise<Hello> {
    return this.#opened;
  }

  /** Classes of the other side's resources, whose objects its functions take and return. */
  get classOf(): ClassOf {
    return (resource) => this.#handles.received.classOf(resource);
  }

  /** The number of handles: of this side's objects that the other one has (`given`), and the other way round (`received`). */
  get handles(): { given: number; received: number } {
    return { given: this.#handles.given.size, received: this.#handles.received.size };
  }

  /** Bytes that wait to be sent. */
  get pendingBytes(): number {
    return this.#transport.pendingBytes + this.#messages.bytes;
  }

  /**
   * Calls a function of the other side by its place in its list. State: open.
   * @throws {GuestError} WP_GUEST it returned the error case of its result
   * @throws {PluginError} WP_BRIDGE the call has not run; WP_BRIDGE_IN_DOUBT it may have run, and its answer is lost
   * @throws {QuotaError} WP_QUOTA_WALL no answer came in time; it may have run
   * @throws {TypeError} an argument does not fit its type
   */
  call(index: number, args: readonly unknown[], options: CallOptions = {}): Promise<unknown> {
    return this.#outgoing.call(this.#signatures[index] as Signature, { index, args, ...options });
  }

  /**
   * Calls a function several times, in one frame and for one answer where the other side takes batches: the calls run one after the
   * other. Returns their results. State: open.
   * @throws as `call`; {GuestError} WP_GUEST one of them returned the error case of its result. The others may have run all the same.
   */
  async callBatch(
    index: number,
    batch: readonly (readonly unknown[])[],
    options: CallOptions = {},
  ): Promise<unknown[]> {
    const most = this.#hello?.batch;
    if (most === undefined) return Promise.all(batch.map((args) => this.call(index, args, options)));
    const signature = this.#signatures[index] as Signature;
    const answers: Promise<unknown>[] = [];
    for (let from = 0; from < batch.length; from += most) {
      const part = batch.slice(from, from + most);
      answers.push(this.#outgoing.call(signature, { index, args: [], batch: part, ...options }));
    }
    return (await Promise.all(answers)).flat(1) as unknown[];
  }

  /** Settles when the other side has answered. @throws {PluginError} WP_BRIDGE the connection ended before */
  ping(): Promise<void> {
    if (this.#closed) return Promise.reject(this.#failure('the connection is closed'));
    return new Promise((resolve, reject) => {
      this.#pongs.push({ resolve, reject });
      this.#sendBare(FRAME.ping);
    });
  }

  /** Takes no further calls, answers those under way, and ends. */
  async drain(): Promise<void> {
    if (this.#closed) return;
    this.#sendBare(FRAME.goodbye);
    this.#incoming.refuse(new PluginError('WP_CLOSED', 'it takes no further calls'));
    await Promise.all([this.#incoming.idle(), this.#outgoing.idle()]);
    await this.#messages.idle();
    if (this.#closed) return;
    this.#end(undefined);
    // The last answers are still on their way.
    if (this.#transport.end === undefined) this.#transport.close();
    else this.#transport.end();
  }

  /** Ends at once. Calls that wait for an answer fail as in doubt. */
  close(): void {
    this.#transport.close();
    this.#end(undefined);
  }

  #onLine(line: string): void {
    const hello = parseHello(line, this.#transport.name);
    this.#options.admit?.(hello);
    const codecs = this.#handles.codecs('theirs');
    this.#signatures = hello.functions.map((offered) => new Signature(offered, codecs));
    this.#messages.open(hello.window);
    this.#outgoing.open(hello.calls);
    this.#hello = hello;
    const { heartbeatMs } = this.#options;
    if (heartbeatMs !== undefined)
      this.#heartbeat = new Heartbeat(heartbeatMs, {
        ask: () => this.#sendBare(FRAME.ping),
        onSilence: (ms) => this.#fail(`nothing came from it in ${ms} ms`),
      });
    this.#settleOpened?.resolve(hello);
  }

  #onFrame(frame: Uint8Array): void {
    if (this.#hello === undefined) throw new Error('a frame came before the first line');
    this.#heartbeat?.hear();
    const { kind, reader } = openFrame(frame);
    if (kind === FRAME.part || kind === FRAME.long || kind === FRAME.credit)
      return this.#messages.take(kind, reader);
    if (kind === FRAME.ping) return this.#sendBare(FRAME.pong);
    if (kind === FRAME.pong) return this.#pongs.shift()?.resolve();
    if (kind === FRAME.drop) return this.#handles.given.drop(reader);
    if (kind === FRAME.goodbye)
      return this.#outgoing.refuse(this.#failure('the other side takes no further calls'));
    const id = reader.unsigned(0xffff_ffff);
    const answer = kind === FRAME.result || kind === FRAME.error;
    const body = this.#messages.wholeOf({ id, answer }, reader);
    if (kind === FRAME.call) return this.#incoming.take(id, body);
    if (kind === FRAME.batch) return this.#incoming.take(id, body, true);
    if (kind === FRAME.cancel) return this.#incoming.cancel(id);
    if (!answer) throw new Error(`there is no frame of the kind ${kind}`);
    this.#outgoing.settle(id, { failed: kind === FRAME.error, reader: body });
  }

  #onDrain(): void {
    this.#messages.pump();
    this.#incoming.resume();
    this.#outgoing.fill();
  }

  #sendFrame(frame: Uint8Array): void {
    if (this.#closed) return;
    this.#transport.send(frame);
    this.#boundPending();
  }

  #boundPending(): void {
    const { pendingBytes = DEFAULT_PENDING_BYTES } = this.#options;
    if (this.pendingBytes > pendingBytes) this.#fail(`it leaves more than ${pendingBytes} bytes unread`);
  }

  #sendDrop(handle: Uint8Array): void {
    beginFrame(this.#writer, FRAME.drop);
    writeHandle(this.#writer, handle);
    this.#sendFrame(this.#writer.written());
  }

  #sendBare(kind: number): void {
    beginFrame(this.#writer, kind);
    this.#sendFrame(this.#writer.written());
  }

  #guarded(run: () => void): void {
    if (this.#closed) return;
    try {
      run();
    } catch (error) {
      const reason = error instanceof Error ? error.message : String(error);
      this.#fail(PluginError.is(error) ? error : reason);
    }
  }

  #fail(reason: PluginError | string): void {
    this.#end(typeof reason === 'string' ? this.#failure(reason) : reason);
    this.#transport.close();
  }

  #end(error: PluginError | undefined): void {
    if (this.#closed) return;
    this.#closed = true;
    const reason = error ?? this.#failure('this side closed the connection');
    this.#settleOpened?.reject(reason);
    this.#outgoing.fail(reason);
    this.#incoming.close();
    this.#handles.close();
    this.#messages.close();
    this.#heartbeat?.stop();
    for (const { reject } of this.#pongs.splice(0)) reject(reason);
    this.#options.onClose?.(error);
  }

  #failure(reason: string): PluginError {
    return new PluginError('WP_BRIDGE', `Cannot talk to ${this.#transport.name}: ${reason}`);
  }
}
