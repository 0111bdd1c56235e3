import { DEFAULT_BOUNDS, type Transport, type TransportBounds } from '../transport.js';

/** A channel that keeps messages whole: a `MessagePort` or a `WebSocket`. */
export interface MessageChannelEnd {
  /** Sends a text or bytes; the bytes may be reused when it returns. */
  post(message: string | Uint8Array): void;
  /** Begins to deliver. */
  listen(onMessage: (message: unknown) => void, onClose: (reason: string) => void): void;
  readonly pendingBytes: number;
  close(): void;
}

/** Carries frames over a channel of messages: the first is the line, each other one a frame. */
export function messageTransport(
  name: string,
  channel: MessageChannelEnd,
  bounds: TransportBounds = {},
): Transport {
  const { lineBytes, frameBytes } = { ...DEFAULT_BOUNDS, ...bounds };
  let closed = false;
  let end = (_reason: string | undefined): void => {
    closed = true;
    channel.close();
  };
  return {
    name,
    get pendingBytes() {
      return channel.pendingBytes;
    },
    sendLine: (line) => (closed ? undefined : channel.post(line)),
    send: (frame) => (closed ? undefined : channel.post(frame)),
    start(receiver) {
      end = (reason) => {
        if (closed) return;
        closed = true;
        channel.close();
        receiver.onClose(reason);
      };
      let first = true;
      channel.listen((message) => {
        if (closed) return;
        const wasFirst = first;
        first = false;
        if (wasFirst && typeof message === 'string' && message.length <= lineBytes) receiver.onLine(message);
        else if (wasFirst) end('the first message is no line of text');
        else if (!(message instanceof Uint8Array)) end('a message is no bytes');
        else if (message.length === 0 || message.length > frameBytes)
          end(`a frame has ${message.length} bytes; 1 to ${frameBytes} are taken`);
        else receiver.onFrame(message);
      }, end);
    },
    close: () => end(undefined),
  };
}

/** The part of a `MessagePort` that carries frames: that of a page, of Node.js, or a worker's. */
export interface PortLike {
  postMessage(message: unknown): void;
  close(): void;
  addEventListener(type: 'message' | 'close', listener: (event: { data?: unknown }) => void): void;
  start?(): void;
}

/** Carries frames over a `MessagePort`. */
export function portTransport(port: PortLike, bounds: TransportBounds = {}): Transport {
  return messageTransport(
    'a message port',
    {
      pendingBytes: 0,
      post: (message) => port.postMessage(typeof message === 'string' ? message : message.slice()),
      listen(onMessage, onClose) {
        port.addEventListener('message', ({ data }) => onMessage(data));
        port.addEventListener('close', () => onClose('the other side closed the port'));
        port.start?.();
      },
      close: () => port.close(),
    },
    bounds,
  );
}
