import { spawn, type ChildProcess } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { PluginError, QuotaError } from '@wasm-plugin/abi';
import { ByteWriter, type ByteReader } from '../../value/index.js';
import { encodeArguments, type CallEntry } from '../call-table.js';
import { libc } from '../libc.js';
import { libraryError } from '../library-error.js';
import type { NativeLane, Setup } from '../laned-plugin.js';
import { isLogLevel, type NativeHost } from '../native-plugin.js';
import { begin, MESSAGE } from './message.js';
import { describeEnding, ProcessWatch } from './process-watch.js';
import type { Confinement } from './restrict.js';
import { createSharedMemory, KIND, PLACE, WORD } from './shared-memory.js';
import { TimedWait } from './timed-wait.js';
import { Turns } from './turns.js';

/** Options of a child. */
export interface ChildOptions {
  /** The path of the library; the child has opened it when the start is over. */
  path: string;
  /** Label of the plugin in the library; may be left out if there is one. */
  label?: string | undefined;
  /** The name of the plugin, for messages. */
  name: string;
  host: NativeHost;
  /** `Infinity` for none. */
  memoryBytes: number;
  /** `undefined` for `processes` if the system can hold that. */
  confine: Confinement | undefined;
  /** The longest time of the start, in milliseconds. */
  startMs: number;
  /** The longest message that the child may send, in bytes. */
  messageBytes: number;
  /** Called if the library crashes or hangs as it is destroyed. */
  onFarewell: (error: PluginError) => unknown;
  /** Called once, when the child has ended by itself or was ended for a failure. */
  onDeath: (error: PluginError) => void;
}

const CHILD_MAIN = fileURLToPath(new URL('child-main.js', import.meta.url));
const CONFINED_MAIN = fileURLToPath(new URL('confined-main.js', import.meta.url));

/** Between two looks at whether the child still lives, in milliseconds. */
const LOOK_MS = 4;

/** Between two looks while it starts, in milliseconds. */
const START_LOOK_MS = 2;

/** A native library in a process of its own. Calls wait on the host's thread, as calls of a WebAssembly plugin do. */
export class LibraryChild {
  readonly #options: ChildOptions;
  readonly #memory = createSharedMemory();
  readonly #turns = new Turns(this.#memory, 'host');
  readonly #timer = new TimedWait(this.#turns.signal, LOOK_MS);
  readonly #writer = new ByteWriter();
  readonly #child: ChildProcess;
  readonly #watch: ProcessWatch;
  /** Waits in the middle of a conversation: its peer may answer at once for ever, so the deadline counts then as well. */
  readonly #wait = (): void => {
    this.#waitForTurn();
    if (this.#timer.isLate()) throw this.#kill(this.#late());
  };
  #allowedMs = Infinity;
  #death: PluginError | undefined;
  #closed = false;
  #freed = false;
  #started = false;
  hasAudio = false;

  /** Starts a child. Its functions can be called once `ready` has settled. */
  constructor(options: ChildOptions) {
    this.#options = options;
    const { path, memoryBytes, confine, label } = options;
    const args = [
      confine === 'all' ? CONFINED_MAIN : CHILD_MAIN,
      path,
      String(process.pid),
      String(memoryBytes),
      confine ?? 'default',
      ...(label === undefined ? [] : [label]),
    ];
    this.#child = spawn(process.execPath, ['--no-warnings', ...args], {
      stdio: ['ignore', 'ignore', 'ignore', this.#memory.fd],
      env: {},
      cwd: '/',
    });
    libc().close(this.#memory.fd);
    this.#watch = new ProcessWatch(this.#child.pid ?? 0);
    this.#child.unref();
    this.#child.once('exit', (status, signal) =>
      this.#die(this.#failure(describeEnding(signal ?? status ?? 0))),
    );
    this.#child.once('error', (error) => this.#die(this.#failure(error.message)));
  }

  /** @throws {PluginError} WP_BRIDGE the library cannot be loaded, or the start took too long */
  async ready(): Promise<void> {
    const end = performance.now() + this.#options.startMs;
    while (!this.#turns.signal.tryTake()) {
      if (this.#death !== undefined) throw this.#death;
      if (performance.now() > end) {
        throw this.#kill(this.#failure(`it did not start in ${this.#options.startMs} ms`));
      }
      await new Promise((resolve) => setTimeout(resolve, START_LOOK_MS));
    }
    this.#within(this.#options.startMs, () => {
      this.hasAudio = this.#converse(MESSAGE.ready).u8() === 1;
    });
    this.#started = true;
  }

  get pid(): number {
    return this.#child.pid ?? 0;
  }

  get death(): PluginError | undefined {
    return this.#death;
  }

  /**
   * Calls a function of the ABI and returns its result in the form of the value codec.
   * @throws {QuotaError} WP_QUOTA_WALL it took longer than `wallMs`; the child is dead
   * @throws {PluginError} WP_BRIDGE the child ended, or sent a wrong message; it is dead
   * @throws {TypeError} an argument does not fit its type
   */
  call(entry: CallEntry, { args, wallMs }: { args: readonly unknown[]; wallMs: number }): unknown {
    if (this.#death !== undefined) throw this.#death;
    const writer = begin(this.#writer, MESSAGE.call);
    writer.unsigned(entry.index);
    encodeArguments(writer, entry, args);
    try {
      const reader = this.#exchange(wallMs);
      const result = entry.result?.decode(reader);
      reader.end();
      return result;
    } catch (error) {
      throw this.#broken(error);
    }
  }

  /** Binds a lane in the shared memory. State: prepared with this setup. */
  openLane({ channels, maxFrames }: Setup, blockMs: number): NativeLane {
    const bytes = Math.ceil((maxFrames * 4) / 64) * 64;
    if (this.#death !== undefined) throw this.#death;
    const writer = begin(this.#writer, MESSAGE.lane);
    writer.unsigned(channels);
    writer.unsigned(maxFrames);
    this.#within(blockMs, () => this.#exchange(blockMs));
    const views = (from: number): Float32Array<ArrayBuffer>[] =>
      Array.from(
        { length: channels },
        (_, channel) =>
          new Float32Array(this.#memory.bytes, PLACE.audio + (from + channel) * bytes, maxFrames),
      );
    return {
      inputs: views(0),
      outputs: views(channels),
      process: (frames) => this.#block(frames, blockMs),
    };
  }

  /** Lets the child destroy its instance, and ends it after `stopMs` at the latest. */
  async close(stopMs: number): Promise<void> {
    if (this.#closed) return;
    this.#closed = true;
    if (this.#death === undefined && this.#child.exitCode === null) {
      const ended = new Promise<number | string>((resolve) =>
        this.#child.once('exit', (status, signal) => resolve(signal ?? status ?? 0)),
      );
      // Else a host with nothing else to do would end before the child has.
      this.#child.ref();
      this.#timer.begin(stopMs);
      this.#turns.send(begin(this.#writer, MESSAGE.end), this.#wait);
      let late = false;
      const timer = setTimeout(() => {
        late = true;
        this.#child.kill('SIGKILL');
      }, stopMs);
      const ending = await ended;
      clearTimeout(timer);
      if (late) this.#bidFarewell(`it did not end in ${stopMs} ms`);
      else if (ending !== 0) this.#bidFarewell(describeEnding(ending));
    }
    this.#free();
  }

  #bidFarewell(reason: string): void {
    const { name, onFarewell } = this.#options;
    const message = `Cannot end the library "${name}" in order: ${reason}`;
    onFarewell(new PluginError('WP_BRIDGE', message, { plugin: name, instanceUsable: false }));
  }

  #free(): void {
    if (this.#freed) return;
    this.#freed = true;
    this.#watch.close();
    this.#timer.free();
    this.#memory.close();
  }

  #block(frames: number, blockMs: number): void {
    if (this.#death !== undefined) throw this.#death;
    this.#turns.words[WORD.frames] = frames;
    this.#allowedMs = blockMs;
    this.#timer.begin(blockMs);
    try {
      this.#turns.pass(KIND.block);
      this.#waitForTurn();
      if (this.#turns.words[WORD.kind] !== KIND.done) this.#converseInBlock();
    } catch (error) {
      throw this.#broken(error);
    }
  }

  /** Sends the written message and returns the result that comes back, after answering the child's requests meanwhile. */
  #exchange(ms: number): ByteReader {
    this.#allowedMs = ms;
    this.#timer.begin(ms);
    this.#turns.send(this.#writer, this.#wait);
    this.#waitForTurn();
    return this.#converse(MESSAGE.result);
  }

  /** Runs a conversation under a deadline. Any failure in it kills the child. */
  #within<Result>(ms: number, run: () => Result): Result {
    this.#allowedMs = ms;
    this.#timer.begin(ms);
    try {
      return run();
    } catch (error) {
      throw this.#broken(error);
    }
  }

  /** Kills the child for an error, unless it is dead. */
  #broken(error: unknown): PluginError {
    return this.#death ?? this.#kill(this.#failure(error));
  }

  /** Answers the child's requests in the middle of a block, until it is done. */
  #converseInBlock(): void {
    while (this.#turns.words[WORD.kind] !== KIND.done) this.#answerOnce();
  }

  /** Answers the child's requests in the middle of a call, until a message of the wanted kind comes. */
  #converse(wanted: number): ByteReader {
    for (;;) {
      const found = this.#answerOnce(wanted);
      if (found !== undefined) return found;
    }
  }

  /** Takes a message, and answers it unless it is of the wanted kind. */
  #answerOnce(wanted?: number): ByteReader | undefined {
    if (this.#turns.words[WORD.kind] !== KIND.message) throw new Error('it broke the protocol');
    const reader = this.#turns.receive(this.#wait, this.#options.messageBytes);
    const kind = reader.u8();
    if (kind === wanted) return reader;
    if (kind === MESSAGE.dead) throw this.#failure(reader.string());
    this.#turns.send(this.#answer(kind, reader), this.#wait);
    this.#wait();
    return undefined;
  }

  #answer(kind: number, reader: ByteReader): ByteWriter {
    const { host } = this.#options;
    if (kind === MESSAGE.log) {
      const level = reader.string();
      if (!isLogLevel(level)) throw new Error('it broke the protocol');
      host.log(level, reader.string());
      return begin(this.#writer, MESSAGE.answer);
    }
    if (kind !== MESSAGE.config) throw new Error('it broke the protocol');
    const value = host.config(reader.string());
    const writer = begin(this.#writer, MESSAGE.answer);
    writer.u8(value === undefined ? 0 : 1);
    if (value !== undefined) writer.string(value);
    return writer;
  }

  /** Waits for this side's turn until the deadline, and looks after the child meanwhile. Realtime: yes. */
  #waitForTurn(): void {
    while (!this.#timer.waitAWhile()) {
      const ending = this.#watch.ending();
      if (ending !== undefined) throw this.#kill(this.#failure(ending));
      if (this.#timer.isLate()) throw this.#kill(this.#late());
    }
  }

  #late(): PluginError {
    return new QuotaError('WP_QUOTA_WALL', {
      limit: 'wallMs',
      unit: 'ms',
      allowed: this.#allowedMs,
      used: this.#allowedMs,
      plugin: this.#options.name,
    });
  }

  #failure(reason: unknown): PluginError {
    return libraryError(this.#options.name, reason, { starting: !this.#started });
  }

  #kill(error: PluginError): PluginError {
    this.#child.kill('SIGKILL');
    this.#die(error);
    return this.#death ?? error;
  }

  #die(error: PluginError): void {
    if (this.#closed || this.#death !== undefined) return;
    this.#death = error;
    this.#options.onDeath(error);
    // Not at once: this may be in the middle of a call, which uses the memory to be freed.
    setImmediate(() => this.#free());
  }
}
