/** A name of WIT, of npm and of Cargo at once. */
const NAME = /^[a-z][a-z0-9]*(?:-[a-z][a-z0-9]*)*$/;

/** Describes the fault of a plugin's name; `undefined` for a good one. */
export function problemOfName(name: string): string | undefined {
  return NAME.test(name) && name.length <= 64
    ? undefined
    : 'wanted words of small letters and digits, each beginning with a letter, joined by "-"';
}
