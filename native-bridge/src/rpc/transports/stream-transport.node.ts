import type { Readable, Writable } from 'node:stream';
import { StreamSplitter } from '../stream-splitter.js';
import {
  DEFAULT_BOUNDS,
  type Transport,
  type TransportBounds,
  type TransportReceiver,
} from '../transport.js';

/** The two ends of a stream: a socket is both; of a child they are its stdin and stdout. */
export interface StreamEnds {
  readable: Readable;
  writable: Writable;
  /** Ends both, e.g. by `socket.destroy()`. */
  destroy(): void;
  /** Returns why the other side ended, for people, once that is known. @default unknown */
  why?(): Promise<string>;
}

/** Time that the other side has to read the last that it is sent, in milliseconds. */
const END_MS = 1000;

/** Carries frames over a kept-open stream: a socket, or the standard streams of a process. */
export function streamTransport(name: string, ends: StreamEnds, bounds: TransportBounds = {}): Transport {
  const { readable, writable, destroy, why } = ends;
  const splitter = new StreamSplitter({ ...DEFAULT_BOUNDS, ...bounds });
  let closed = false;
  let receiver: TransportReceiver | undefined;
  /** The first frame of a turn of the event loop goes to the system by itself, those that follow it together. */
  let turn: 'idle' | 'sent' | 'corked' = 'idle';
  const endTurn = (): void => {
    const wasCorked = turn === 'corked';
    turn = 'idle';
    if (wasCorked) writable.uncork();
  };
  const header = new Uint8Array(4);
  const headerView = new DataView(header.buffer);

  const end = (reason: string | undefined): void => {
    if (closed) return;
    closed = true;
    destroy();
    receiver?.onClose(reason);
  };
  const write = (bytes: Uint8Array): void => {
    if (closed) return;
    if (turn === 'idle') {
      turn = 'sent';
      process.nextTick(endTurn);
    } else if (turn === 'sent') {
      turn = 'corked';
      writable.cork();
    }
    writable.write(bytes);
  };
  const gone = (): void => {
    if (why === undefined) end('the other side closed the connection');
    else if (!closed) void why().then(end);
  };
  readable.on('error', (error: Error) => end(error.message));
  writable.on('error', (error: Error) => (why === undefined ? end(error.message) : gone()));
  return {
    name,
    get pendingBytes() {
      return writable.writableLength;
    },
    sendLine: (line) => write(Buffer.from(`${line}\n`)),
    send(frame) {
      headerView.setUint32(0, frame.length, true);
      const whole = Buffer.allocUnsafe(4 + frame.length);
      whole.set(header);
      whole.set(frame, 4);
      write(whole);
    },
    start(given) {
      receiver = given;
      if (closed) return void given.onClose('it is closed');
      readable.on('data', (bytes: Buffer) => {
        try {
          if (!closed) splitter.push(bytes, given);
        } catch (error) {
          end(error instanceof Error ? error.message : String(error));
        }
      });
      writable.on('drain', () => given.onDrain?.());
      readable.on('end', gone);
      readable.on('close', gone);
    },
    close: () => end(undefined),
    end() {
      if (closed) return;
      // Not before the other side has ended, too: unread data would be lost with the connection.
      setTimeout(() => end(undefined), END_MS).unref();
      writable.end();
    },
  };
}
