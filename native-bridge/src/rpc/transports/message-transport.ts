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

/** Time between two checks of the data that waits to be sent, in milliseconds. */
const DRAIN_MS = 5;

/** Carries frames over a channel of messages: the first is the line, each other one a frame. */
export function messageTransport(
  name: string,
  channel: MessageChannelEnd,
  bounds: TransportBounds = {},
): Transport {
  const { lineBytes, frameBytes } = { ...DEFAULT_BOUNDS, ...bounds };
  let closed = false;
  let draining: ReturnType<typeof setTimeout> | undefined;
  let onDrain = (): void => undefined;
  /** A channel does not say when it has sent all: it is asked again after a while. */
  const watch = (): void => {
    if (draining !== undefined || channel.pendingBytes === 0) return;
    draining = setTimeout(() => {
      draining = undefined;
      if (closed) return;
      if (channel.pendingBytes === 0) onDrain();
      else watch();
    }, DRAIN_MS);
  };
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
    send(frame) {
      if (closed) return;
      channel.post(frame);
      watch();
    },
    start(receiver) {
      onDrain = () => receiver.onDrain?.();
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

/** The part of a `WebSocket` that carries frames: that of a page, of Node.js, or of the package `ws`. */
export interface WebSocketLike {
  binaryType: string;
  readonly readyState: number;
  readonly bufferedAmount: number;
  send(message: string | Uint8Array<ArrayBuffer>): void;
  close(): void;
  addEventListener(type: 'open' | 'message' | 'close' | 'error', listener: (event: never) => void): void;
}

const OPEN = 1;

/** Messages that are kept before somebody listens. */
const MOST_WAITING = 16;

/** Carries frames over a WebSocket that is open, or opens. Give it `wss:` off this machine. */
export function webSocketTransport(
  name: string,
  socket: WebSocketLike,
  bounds: TransportBounds = {},
): Transport {
  /** Data sent before the socket is open. */
  let early: (string | Uint8Array<ArrayBuffer>)[] | undefined = socket.readyState === OPEN ? undefined : [];
  let reason = 'the other side closed the connection';
  socket.binaryType = 'arraybuffer';
  socket.addEventListener('open', () => {
    for (const message of early ?? []) socket.send(message);
    early = undefined;
  });
  socket.addEventListener('error', ({ message }: { message?: unknown }) => {
    if (typeof message === 'string' && message !== '') reason = message;
  });
  // Messages received before there is a receiver: the other side sends its line at once.
  const waiting: unknown[] = [];
  let receive = (message: unknown): void => {
    if (waiting.push(message) > MOST_WAITING) socket.close();
  };
  let hearEnd = (): void => void (isOver = true);
  let isOver = false;
  socket.addEventListener('message', ({ data }: { data: unknown }) =>
    receive(data instanceof ArrayBuffer ? new Uint8Array(data) : data),
  );
  socket.addEventListener('close', () => hearEnd());
  return messageTransport(
    name,
    {
      get pendingBytes() {
        return socket.bufferedAmount;
      },
      post(message) {
        const kept = typeof message === 'string' ? message : message.slice();
        if (early !== undefined) early.push(kept);
        else if (socket.readyState === OPEN) socket.send(kept);
      },
      listen(onMessage, onClose) {
        receive = onMessage;
        hearEnd = () => onClose(reason);
        for (const message of waiting.splice(0)) onMessage(message);
        if (isOver) hearEnd();
      },
      close: () => socket.close(),
    },
    bounds,
  );
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
