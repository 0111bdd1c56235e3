/**
 * A connection that carries one line of text, then frames, in order, both ways. It does not know the meaning of frames.
 *
 * State: open until `close` or until the other side is gone; then `onClose` is called once.
 */
export interface Transport {
  /** Address of the other side, for messages, e.g. `unix:/run/eq.sock`. */
  readonly name: string;
  /** Sends the first line. Once, before any frame. */
  sendLine(line: string): void;
  /** Sends a frame. The bytes may be reused when it returns. */
  send(frame: Uint8Array): void;
  /** Frames that were sent and are not yet with the system, in bytes. */
  readonly pendingBytes: number;
  /** Begins to deliver. Once. */
  start(receiver: TransportReceiver): void;
  close(): void;
  /** Closes once all sent data is with the other side. @default close */
  end?(): void;
}

/** Receiver of a transport's data. */
export interface TransportReceiver {
  onLine(line: string): void;
  /** The bytes are the receiver's to keep. */
  onFrame(frame: Uint8Array): void;
  /** All waiting data is with the system. */
  onDrain?(): void;
  /** The end: `reason` is for people, `undefined` if this side closed. */
  onClose(reason: string | undefined): void;
}

/** Bounds of a stranger's data. */
export interface TransportBounds {
  /** The longest first line, in bytes. @default 1 MiB */
  lineBytes?: number;
  /** The longest frame, in bytes. @default 4 MiB */
  frameBytes?: number;
}

export const DEFAULT_BOUNDS: Required<TransportBounds> = { lineBytes: 2 ** 20, frameBytes: 4 * 2 ** 20 };
