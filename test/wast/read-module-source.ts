import { Items } from './s-expression.js';
import type { List } from './s-expression.js';
import type { ModuleSource } from './script.js';
import { utf8TextOf } from './string-literal.js';

/** A parsed `(module …)` or `(component …)` form and its use. */
export interface ReadModule {
  source: ModuleSource;
  /** True for `(module definition …)`, which is not instantiated. */
  definition: boolean;
}

/** Reads `(module …)` or `(component …)`, without `instance` forms. */
export function readModuleSource(list: List, script: string): ReadModule {
  const items = new Items(list);
  const kind = items.atom() === 'component' ? 'component' : 'module';
  const definition = items.takes('definition');
  const id = items.identifier();
  if (items.takes('binary')) {
    return {
      source: {
        kind,
        id,
        form: 'binary',
        text: undefined,
        bytes: concat(readBytes(items, new Uint8Array())),
      },
      definition,
    };
  }
  if (items.takes('quote')) {
    // Each string ends a token, hence the space.
    const text = utf8TextOf(concat(readBytes(items, Uint8Array.of(0x20))));
    const whole = text === undefined || kind === 'module' ? text : `(component ${text})`;
    return { source: { kind, id, form: 'quote', text: whole, bytes: undefined }, definition };
  }
  const whole = script.slice(list.start, list.end);
  const text = definition ? whole.replace(/^(\(\s*[a-z]+\s+)definition/, '$1') : whole;
  return { source: { kind, id, form: 'text', text, bytes: undefined }, definition };
}

function readBytes(items: Items, separator: Uint8Array): Uint8Array[] {
  const parts: Uint8Array[] = [];
  while (!items.done) parts.push(items.text().bytes, separator);
  return parts;
}

function concat(parts: Uint8Array[]): Uint8Array {
  const bytes = new Uint8Array(parts.reduce((total, part) => total + part.length, 0));
  let position = 0;
  for (const part of parts) {
    bytes.set(part, position);
    position += part.length;
  }
  return bytes;
}
