import { messageTransport, type MessageChannelEnd, type Transport } from '../rpc/index.js';

/** A stream of gRPC that carries a connection, of either side. */
export interface FrameStream {
  write(message: { line?: string; frame?: Uint8Array }, done?: () => void): unknown;
  on(event: 'data', listener: (message: { line?: string; frame?: Uint8Array }) => void): unknown;
  on(event: 'end' | 'cancelled', listener: () => void): unknown;
  on(event: 'error', listener: (error: Error) => void): unknown;
  end(): unknown;
}

/** Carries a connection over a stream of gRPC. */
export function grpcTransport(name: string, stream: FrameStream, cancel: () => void): Transport {
  let pending = 0;
  const channel: MessageChannelEnd = {
    get pendingBytes() {
      return pending;
    },
    post(message) {
      const { length } = message;
      pending += length;
      const done = (): void => void (pending -= length);
      stream.write(typeof message === 'string' ? { line: message } : { frame: message.slice() }, done);
    },
    listen(onMessage, onClose) {
      stream.on('data', (message) =>
        onMessage(Object.hasOwn(message, 'line') ? message.line : new Uint8Array(message.frame ?? [])),
      );
      stream.on('end', () => onClose('the other side closed the connection'));
      stream.on('cancelled', () => onClose('the other side withdrew the connection'));
      stream.on('error', ({ message }) => onClose(message));
    },
    close: cancel,
  };
  return messageTransport(name, channel);
}
