import { readFileSync } from 'node:fs';

const ROOT = new URL('../../../', import.meta.url);

/** Reads the component of a guest of this project. */
export function readGuest(path: string): Uint8Array<ArrayBuffer> {
  return new Uint8Array(readFileSync(new URL(path, ROOT)));
}
