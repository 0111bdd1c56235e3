import { lexWit, nameOf, type WitToken } from './lex-wit.js';

/**
 * The doc comments of a WIT text, by the name of their item: `a:b/i@1.0.0` for an interface, `a:b/i@1.0.0#item` for a type or
 * function (a function of a resource by its encoded name, `[method]r.m`), `a:b/i@1.0.0#type.member` for a field, case or flag.
 * For a world's own items, the world stands in place of an interface.
 */
export type WitDocs = ReadonlyMap<string, string>;

/** Collects the doc comments of the text of a package, with those of the packages nested in it. */
export function docsOf(text: string): WitDocs {
  const walk = new Walk(text);
  walk.packageItems('');
  return walk.docs;
}

class Walk {
  readonly docs = new Map<string, string>();
  readonly #text: string;
  readonly #tokens: WitToken[];
  #at = 0;

  constructor(text: string) {
    this.#text = text;
    this.#tokens = lexWit(text);
  }

  packageItems(outer: string): void {
    let packageName = outer;
    while (this.#more()) {
      const doc = this.#doc();
      const word = this.#next();
      if (word === 'package') {
        const start = this.#at;
        while (this.#at < this.#tokens.length && !/^[;{]$/.test(this.#peek())) this.#at++;
        const name = this.#tokens.slice(start, this.#at).map(nameOf).join('');
        if (this.#next() === '{') this.packageItems(name);
        else packageName = name;
      } else if (word === 'interface' || word === 'world') {
        const [path, version] = packageName.split('@');
        const owner = `${path}/${this.#name()}${version === undefined ? '' : `@${version}`}`;
        this.#keep(owner, doc);
        if (this.#next() === '{') this.#items(owner);
      } else this.#skip();
    }
  }

  /** Reads the items of an interface or world, up to its closing brace. */
  #items(owner: string): void {
    while (this.#more()) {
      const doc = this.#doc();
      const word = this.#next();
      if (/^(?:record|variant|enum|flags)$/.test(word)) {
        const name = this.#name();
        this.#keep(`${owner}#${name}`, doc);
        if (this.#next() === '{') this.#members(`${owner}#${name}`);
      } else if (word === 'resource') {
        const name = this.#name();
        this.#keep(`${owner}#${name}`, doc);
        if (this.#next() === '{') this.#functions(owner, name);
      } else if (word === 'import' || word === 'export') {
        const name = this.#name();
        if (this.#peek() === ':' && this.#peek(1) === 'interface') {
          this.#at += 3;
          this.#keep(name, doc);
          this.#items(name);
        } else {
          if (this.#peek() === ':') this.#keep(`${owner}#${name}`, doc);
          this.#skip();
        }
      } else {
        const name = word.startsWith('%') ? word.slice(1) : word;
        if (word !== 'use' && word !== 'include')
          this.#keep(`${owner}#${word === 'type' ? this.#name() : name}`, doc);
        this.#skip();
      }
    }
  }

  #functions(owner: string, resource: string): void {
    while (this.#more()) {
      const doc = this.#doc();
      const word = this.#name();
      const kind = this.#peek() === '(' ? 'constructor' : this.#peek(1) === 'static' ? 'static' : 'method';
      this.#keep(`${owner}#[${kind}]${resource}${kind === 'constructor' ? '' : `.${word}`}`, doc);
      this.#skip();
    }
  }

  #members(owner: string): void {
    while (this.#more()) {
      const doc = this.#doc();
      this.#keep(`${owner}.${this.#name()}`, doc);
      for (let depth = 0; this.#at < this.#tokens.length; this.#at++) {
        const text = this.#peek();
        if (text === '<' || text === '(') depth++;
        if (text === '>' || text === ')') depth--;
        if (depth === 0 && text === '}') break;
        if (depth === 0 && text === ',') {
          this.#at++;
          break;
        }
      }
    }
  }

  /** Returns true if an item comes before the closing brace; otherwise takes the brace. */
  #more(): boolean {
    if (this.#at >= this.#tokens.length) return false;
    if (this.#peek() !== '}') return true;
    this.#at++;
    return false;
  }

  /** Takes everything up to the end of an item. */
  #skip(): void {
    let depth = 0;
    while (this.#at < this.#tokens.length) {
      const text = this.#next();
      if (text === '{') depth++;
      if (text === '}') depth--;
      if (depth <= 0 && (text === ';' || (text === '}' && this.#peek() !== ';'))) return;
    }
  }

  /** The doc comment before the next item; takes the attributes between the two. */
  #doc(): string | undefined {
    const [before, token] = [this.#tokens[this.#at - 1], this.#tokens[this.#at]];
    while (this.#peek() === '@') {
      this.#at += 2;
      if (this.#peek() !== '(') continue;
      while (this.#at < this.#tokens.length && this.#next() !== ')');
    }
    return docIn(this.#text.slice(before?.end ?? 0, token?.start));
  }

  #keep(key: string, doc: string | undefined): void {
    if (doc !== undefined) this.docs.set(key, doc);
  }

  #name(): string {
    const token = this.#tokens[this.#at++];
    return token === undefined ? '' : nameOf(token);
  }

  #next(): string {
    return this.#tokens[this.#at++]?.text ?? '';
  }

  #peek(ahead = 0): string {
    return this.#tokens[this.#at + ahead]?.text ?? '';
  }
}

/** The text of the doc comments between two words. */
function docIn(gap: string): string | undefined {
  const comments = gap.match(/\/\/\/[^\n]*|\/\*\*[^]*?\*\//g) ?? [];
  const lines = comments.flatMap((comment) =>
    comment.startsWith('///')
      ? [comment.slice(3)]
      : comment
          .slice(3, -2)
          .split('\n')
          .map((line) => line.replace(/^\s*\*/, '')),
  );
  const text = lines
    .map((line) => line.replace(/^ /, '').trimEnd())
    .join('\n')
    .trim();
  return text === '' ? undefined : text;
}
