/** The content of an event, as `wasm-plugin:abi/bus` has it. */
export type EventContent =
  | { readonly tag: 'empty' }
  | { readonly tag: 'text'; readonly val: string }
  | { readonly tag: 'bytes'; readonly val: Uint8Array };

/** An event on the bus of a host. */
export interface BusEvent {
  readonly topic: string;
  /** The plugin that has published it; `undefined` for the host. */
  readonly publisher: string | undefined;
  readonly content: EventContent;
}

/** An event in a queue. */
export interface QueuedEvent extends BusEvent {
  /** Length of the chain of events that it answers; 0 if it answers none. */
  readonly depth: number;
  /** Memory that it stands for in a queue. */
  readonly bytes: number;
}

/** Bytes that an event takes besides its content. */
const OVERHEAD = 128;

/** Returns the length of a content in bytes. Text counts in UTF-8. */
export function contentBytes(content: EventContent): number {
  if (content.tag === 'empty') return 0;
  return content.tag === 'bytes' ? content.val.length : utf8Bytes(content.val);
}

/** Returns the memory that an event stands for. */
export function queuedBytes({ topic, content }: BusEvent): number {
  return OVERHEAD + topic.length + contentBytes(content);
}

function utf8Bytes(text: string): number {
  let bytes = text.length;
  for (let index = 0; index < text.length; index++) {
    const unit = text.charCodeAt(index);
    // Each half of a surrogate pair stands for two of its four bytes.
    if (unit >= 0xd800 && unit <= 0xdfff) bytes += 1;
    else if (unit >= 0x800) bytes += 2;
    else if (unit >= 0x80) bytes += 1;
  }
  return bytes;
}
