/** A field to write: its label and type, name and number. */
export interface ProtoField {
  label: '' | 'optional' | 'repeated';
  type: string;
  name: string;
  number: number;
}

/** The body of a message that is being written, or of a file: messages and enums inside, and its fields. */
export class ProtoScope {
  readonly #head: string;
  readonly #parts: (ProtoScope | string)[] = [];

  /** @param head the block's first words, e.g. `message Port`; empty for a file */
  constructor(head = '') {
    this.#head = head;
  }

  message(name: string): ProtoScope {
    return this.block(`message ${name}`);
  }

  block(head: string): ProtoScope {
    const scope = new ProtoScope(head);
    this.#parts.push(scope);
    return scope;
  }

  field({ label, type, name, number }: ProtoField): void {
    this.line(`${label === '' ? '' : `${label} `}${type} ${name} = ${number};`);
  }

  line(text: string): void {
    this.#parts.push(text);
  }

  /** Takes the content of another scope, behind an empty line. */
  append(scope: ProtoScope): void {
    this.#parts.push('', scope);
  }

  /** Returns the text, a line each. */
  lines(): string[] {
    const body = this.#parts.flatMap((part) => (typeof part === 'string' ? [part] : part.lines()));
    if (this.#head === '') return body;
    if (body.length === 0) return [`${this.#head} {}`];
    return [`${this.#head} {`, ...body.map((line) => `  ${line}`), '}'];
  }
}
