import { WastError } from './wast-error.js';

/** A node of a script. Offsets are characters from the start of the script; `end` lies behind the node. */
export type SExpression = List | Atom | Text;

/** `( … )`, without its annotations. */
export interface List {
  kind: 'list';
  items: SExpression[];
  start: number;
  end: number;
}

/** A keyword, number, `$identifier` or reserved token. */
export interface Atom {
  kind: 'atom';
  text: string;
  start: number;
  end: number;
}

/** A string literal: bytes, since its escapes need not make UTF-8. */
export interface Text {
  kind: 'text';
  bytes: Uint8Array;
  start: number;
  end: number;
}

/** Returns the keyword that a list begins with, `undefined` for any other node. */
export function headOf(node: SExpression | undefined): string | undefined {
  if (node?.kind !== 'list') return undefined;
  const first = node.items[0];
  return first?.kind === 'atom' ? first.text : undefined;
}

/** Walks the items of a list from front to back. Reading a missing item throws a `WastError`. */
export class Items {
  readonly #list: List;
  #next: number;

  constructor(list: List, skip = 0) {
    this.#list = list;
    this.#next = skip;
  }

  get done(): boolean {
    return this.#next >= this.#list.items.length;
  }

  peek(): SExpression | undefined {
    return this.#list.items[this.#next];
  }

  next(): SExpression {
    const item = this.#list.items[this.#next++];
    if (item === undefined) throw new WastError('unexpected end of a list', this.#list.end);
    return item;
  }

  rest(): SExpression[] {
    const rest = this.#list.items.slice(this.#next);
    this.#next = this.#list.items.length;
    return rest;
  }

  list(): List {
    const item = this.next();
    if (item.kind !== 'list') throw new WastError('expected "("', item.start);
    return item;
  }

  atom(): string {
    const item = this.next();
    if (item.kind !== 'atom') throw new WastError('expected a keyword or number', item.start);
    return item.text;
  }

  text(): Text {
    const item = this.next();
    if (item.kind !== 'text') throw new WastError('expected a string', item.start);
    return item;
  }

  /** Reads `keyword` if it comes next. */
  takes(keyword: string): boolean {
    const item = this.peek();
    if (item?.kind !== 'atom' || item.text !== keyword) return false;
    this.#next++;
    return true;
  }

  /** Reads a `$identifier` if one comes next. */
  identifier(): string | undefined {
    const item = this.peek();
    if (item?.kind !== 'atom' || !item.text.startsWith('$')) return undefined;
    this.#next++;
    return item.text;
  }
}
