/** Environment variables that references in a configuration may read. */
export interface VariableSource {
  readonly env: Readonly<Record<string, string | undefined>>;
  /** Returns the side that refuses to let a variable be read; `undefined` if neither does. */
  readonly lacking: (name: string) => 'manifest' | 'host' | undefined;
}

const NAME = /([A-Za-z_][A-Za-z0-9_]*)(\}|:-)?/y;
const MOST_CHARACTERS = 1_048_576;

/**
 * Replaces `${NAME}` by the variable of that name, and `${NAME:-text}` by the text if it is not set. `$${` stands for
 * a plain `${`. A fallback goes to the `}` that closes it: braces in it come in pairs, as in `${NAME:-{"a": 1}}`; it may not
 * refer to another variable.
 * @returns the text, or why it cannot be made
 */
export function expandVariables(
  text: string,
  source: VariableSource,
): { text: string } | { problem: string } {
  let expanded = '';
  let at = 0;
  for (;;) {
    const start = text.indexOf('${', at);
    if (start < 0) return { text: expanded + text.slice(at) };
    const isEscaped = start > at && text[start - 1] === '$';
    expanded += text.slice(at, isEscaped ? start - 1 : start);
    if (isEscaped) {
      expanded += '${';
      at = start + 2;
      continue;
    }
    const reference = readReference(text, start + 2);
    if ('problem' in reference) return reference;
    const read = readVariable(reference, source);
    if ('problem' in read) return read;
    expanded += read.text;
    if (expanded.length > MOST_CHARACTERS) {
      return { problem: `has more than ${MOST_CHARACTERS} characters with what its variables hold` };
    }
    at = reference.end;
  }
}

interface Reference {
  name: string;
  fallback: string | undefined;
  /** Behind its `}`. */
  end: number;
}

function readReference(text: string, at: number): Reference | { problem: string } {
  NAME.lastIndex = at;
  const [whole = '', name = '', next] = NAME.exec(text) ?? [];
  if (next === '}') return { name, fallback: undefined, end: at + whole.length };
  if (next === undefined) {
    return { problem: 'has a "${" that begins no reference: write "${NAME}", or "$${" for the text itself' };
  }
  let fallback = '';
  let open = 1;
  for (let index = at + whole.length; index < text.length; index++) {
    const letter = text[index] as string;
    if (letter === '{' && text[index - 1] === '$') {
      if (text[index - 2] !== '$') {
        return {
          problem: `has a fallback for ${name} that refers to another variable: write it without "\${"`,
        };
      }
      // `$${` is a plain `${`.
      fallback = fallback.slice(0, -1);
    }
    if (letter === '{') open++;
    if (letter === '}' && --open === 0) return { name, fallback, end: index + 1 };
    fallback += letter;
  }
  return { problem: `has a fallback for ${name} that no "}" closes: braces in it must come in pairs` };
}

function readVariable(
  { name, fallback }: Reference,
  source: VariableSource,
): { text: string } | { problem: string } {
  const lacking = source.lacking(name);
  if (lacking !== undefined) {
    const who = lacking === 'manifest' ? 'the manifest does not ask for it' : 'the host does not grant it';
    return { problem: `refers to the variable ${name}, and needs "env:${name}": ${who}` };
  }
  const found = Object.hasOwn(source.env, name) ? source.env[name] : undefined;
  const text = found ?? fallback;
  return text === undefined ? { problem: `refers to the variable ${name}, which is not set` } : { text };
}
