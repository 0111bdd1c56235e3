import { ManifestError } from '../errors.js';

const MOST_CHARACTERS = 1_048_576;

/**
 * Parses JSON text; says line and column where it breaks.
 * @throws {ManifestError} WP_MANIFEST
 */
export function readJson(text: string, source: string): unknown {
  const refuse = (message: string, cause?: unknown): ManifestError =>
    new ManifestError(source, { problems: [{ path: '$', value: undefined, message }], cause });
  if (text.length > MOST_CHARACTERS) throw refuse(`is longer than ${MOST_CHARACTERS} characters`);
  try {
    return JSON.parse(text.startsWith('\uFEFF') ? text.slice(1) : text) as unknown;
  } catch (error) {
    throw refuse(`is no JSON: ${reasonOf(error as Error, text)}`, error);
  }
}

/** Engines write the position differently; if there is one, it becomes line and column. */
function reasonOf({ message }: Error, text: string): string {
  const position = /at position (\d+)/.exec(message)?.[1];
  if (position === undefined) return message;
  const before = text.slice(0, Number(position)).split('\n');
  const what = message.replace(/,? (?:in JSON )?at position \d+.*$/s, '');
  return `${what} at line ${before.length}, column ${(before.at(-1) as string).length + 1}`;
}
