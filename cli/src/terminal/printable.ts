import { printable as printableText, printableJson } from '@wasm-plugin/abi';

/** Makes a text from a file or a guest safe for a terminal: escape sequences show up as text, lines stay lines. */
export function printable(text: string): string {
  return printableText(text, { lines: 'keep' });
}

/** Writes JSON in one line that is safe for a terminal too: the same characters become escapes of JSON. */
export function jsonText(value: unknown): string {
  return printableJson(write(value) ?? 'null');
}

/** As `JSON.stringify`, which loses the sign of -0; for plain objects. */
function write(value: unknown): string | undefined {
  if (Object.is(value, -0)) return '-0';
  if (Array.isArray(value)) return `[${value.map((item) => write(item) ?? 'null').join(',')}]`;
  if (typeof value !== 'object' || value === null) return JSON.stringify(value);
  const members = Object.entries(value).flatMap(([key, item]) => {
    const text = write(item);
    return text === undefined ? [] : [`${JSON.stringify(key)}:${text}`];
  });
  return `{${members.join(',')}}`;
}
