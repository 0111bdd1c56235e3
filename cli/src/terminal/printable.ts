/** Control characters, but line feed and tab; and the marks that turn the direction of text. */
// oxlint-disable-next-line no-control-regex -- finding them is the purpose
const UNSAFE = /[\u0000-\u0008\u000b-\u001f\u007f-\u009f\u202a-\u202e\u2066-\u2069]/g;

/** Makes a text from a file or a guest safe for a terminal: escape sequences show up as text. */
export function printable(text: string): string {
  return text.replaceAll(UNSAFE, (char) => `\\u{${(char.codePointAt(0) as number).toString(16)}}`);
}
