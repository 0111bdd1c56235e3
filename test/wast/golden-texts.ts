import { createHash } from 'node:crypto';
import { existsSync, readFileSync } from 'node:fs';
import { testFolder } from './folders.js';

/** Binaries of texts, base64, by the SHA-256 of the text. */
export type GoldenTexts = Record<string, string>;

/** Returns the file of the binaries for texts that the parser at hand does not read. */
export function goldenTextsFile(): URL {
  return new URL('golden/legacy-text.json', testFolder());
}

export function goldenKey(text: string): string {
  return createHash('sha256').update(text).digest('hex');
}

let golden: GoldenTexts | undefined;

/** Returns the checked-in binary of a text, `undefined` where there is none. */
export function goldenBinary(text: string): Uint8Array | undefined {
  golden ??= existsSync(goldenTextsFile())
    ? (JSON.parse(readFileSync(goldenTextsFile(), 'utf8')) as GoldenTexts)
    : {};
  const binary = golden[goldenKey(text)];
  return binary === undefined ? undefined : new Uint8Array(Buffer.from(binary, 'base64'));
}
