import type { NatsConnection, Subscription } from '@nats-io/transport-node';
import { messageTransport, type Transport } from '../rpc/index.js';
import { onLoss } from './nats-connection.node.js';

/** Subjects of a connection, one for each direction. */
export interface Subjects {
  send: string;
  /** Subscribed already, so that nothing is missed. */
  receive: Subscription;
}

/** Header of a message: its number and kind. */
const KIND = { line: 0, frame: 1, end: 2 } as const;
const HEAD_BYTES = 5;

/**
 * Carries a connection of the protocol by messages of NATS: four bytes of a number that counts up from 0, little-endian, a byte
 * with the kind, and the line or the frame. NATS may lose messages: a missing number ends the connection.
 */
export function natsTransport(name: string, nats: NatsConnection, { send, receive }: Subjects): Transport {
  let sent = 0;
  let received = 0;
  let isOver = false;
  const post = (kind: number, body: Uint8Array): void => {
    const message = new Uint8Array(HEAD_BYTES + body.length);
    new DataView(message.buffer).setUint32(0, sent++ >>> 0, true);
    message[4] = kind;
    message.set(body, HEAD_BYTES);
    nats.publish(send, message);
  };
  return messageTransport(name, {
    pendingBytes: 0,
    post: (message) =>
      typeof message === 'string'
        ? post(KIND.line, new TextEncoder().encode(message))
        : post(KIND.frame, message),
    listen(onMessage, onClose) {
      const over = (reason: string): void => {
        if (!isOver) onClose(reason);
      };
      const stop = onLoss(nats, over);
      void (async () => {
        for await (const { data } of receive) {
          const head = data.length < HEAD_BYTES ? undefined : new DataView(data.buffer, data.byteOffset, 4);
          if (head?.getUint32(0, true) !== received++ >>> 0) return over('a message was lost');
          const body = new Uint8Array(data.subarray(HEAD_BYTES));
          if (data[4] === KIND.end) return over('the other side closed the connection');
          onMessage(data[4] === KIND.line ? new TextDecoder().decode(body) : body);
        }
      })().finally(stop);
    },
    close() {
      if (isOver) return;
      isOver = true;
      if (!nats.isClosed()) post(KIND.end, new Uint8Array());
      receive.unsubscribe();
    },
  });
}
