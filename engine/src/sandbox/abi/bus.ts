import { GuestError, isTopic } from '@wasm-plugin/abi';
import { textArgument } from '../argument.js';
import type { Gate } from '../gate.js';

/** The variant `content` of `wasm-plugin:abi/bus`. */
type Content =
  | { readonly tag: 'empty' }
  | { readonly tag: 'text'; readonly val: string }
  | { readonly tag: 'bytes'; readonly val: Uint8Array };

/** The cause for which a host does not publish an event that is granted. */
export type PublishRefusal =
  | { readonly tag: 'too-large'; readonly val: number }
  | { readonly tag: 'too-many' }
  | { readonly tag: 'too-deep' };

/** Publishes a granted event of a plugin. @returns the number of subscribers, or the cause for which it does not */
export type Publish = (topic: string, content: Content) => number | PublishRefusal;

/** The interface `wasm-plugin:abi/bus`. Without a host that has a bus, nobody receives an event. */
export function busImports(gate: Gate, publish: Publish = () => 0): Record<string, unknown> {
  return {
    'wasm-plugin:abi/bus': {
      publish(given: unknown, content: unknown): number {
        const topic = textArgument(given, 'topic');
        if (!isTopic(topic)) throw new GuestError({ tag: 'invalid-topic' });
        if (!gate.allows({ kind: 'publish', topic })) throw new GuestError({ tag: 'denied' });
        const result = publish(topic, contentArgument(content));
        if (typeof result === 'number') return result;
        throw new GuestError(result);
      },
    },
  };
}

/** Without a declared world, a guest chooses the type of the argument. */
function contentArgument(value: unknown): Content {
  const { tag, val } = (typeof value === 'object' && value !== null ? value : {}) as Record<string, unknown>;
  if (tag === 'empty') return { tag };
  if (tag === 'text' && typeof val === 'string') return { tag, val };
  if (tag === 'bytes' && val instanceof Uint8Array) return { tag, val };
  throw new TypeError('Cannot publish: wanted the content "empty", "text" or "bytes"');
}
