import type { Transport, TransportReceiver } from './transport.js';

/** Frames that may come before this side has introduced itself. */
const MOST_EARLY_FRAMES = 16;

/** A connection whose other side has introduced itself, and to which this side has said nothing yet. */
export interface HeldTransport {
  /** The first line of the other side. @throws {Error} it is over before */
  readonly line: Promise<string>;
  /** For a `Connection`: delivers the line again, and the data after it. */
  readonly transport: Transport;
  /** Refuses the other side, and tells it why. */
  refuse(line: string): void;
  /** Called when it is over before a `Connection` has it. */
  onEnd: (() => void) | undefined;
}

/** Waits for the first line of a connection, so that this side can decide by it who it is to the other one. */
export function holdTransport(inner: Transport): HeldTransport {
  let receiver: TransportReceiver | undefined;
  let first: string | undefined;
  let over: { reason: string | undefined } | undefined;
  const early: Uint8Array[] = [];
  let settle: { resolve(line: string): void; reject(error: Error): void } | undefined;
  const line = new Promise<string>((resolve, reject) => (settle = { resolve, reject }));
  line.catch(() => undefined);
  inner.start({
    onLine(text) {
      first = text;
      settle?.resolve(text);
      receiver?.onLine(text);
    },
    onFrame(frame) {
      if (receiver !== undefined) receiver.onFrame(frame);
      else if (early.push(frame) > MOST_EARLY_FRAMES) inner.close();
    },
    onDrain: () => receiver?.onDrain?.(),
    onClose(reason) {
      over = { reason };
      settle?.reject(new Error(reason ?? 'it was closed'));
      if (receiver !== undefined) receiver.onClose(reason);
      else held.onEnd?.();
    },
  });
  const end = (): void => (inner.end === undefined ? inner.close() : inner.end());
  const held: HeldTransport = {
    line,
    onEnd: undefined,
    transport: {
      name: inner.name,
      get pendingBytes() {
        return inner.pendingBytes;
      },
      sendLine: (text) => inner.sendLine(text),
      send: (frame) => inner.send(frame),
      start(given) {
        receiver = given;
        // After the line of this side: the other side's first messages are answered by frames.
        queueMicrotask(() => {
          if (first !== undefined) given.onLine(first);
          for (const frame of early.splice(0)) given.onFrame(frame);
          if (over !== undefined) given.onClose(over.reason);
        });
      },
      close: () => inner.close(),
      end,
    },
    refuse(text) {
      inner.sendLine(text);
      end();
    },
  };
  return held;
}
