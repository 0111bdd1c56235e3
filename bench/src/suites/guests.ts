import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

const ROOT = new URL('../../../', import.meta.url);

/** Reads the component of a guest of this project. */
export function readGuest(path: string): Uint8Array<ArrayBuffer> {
  return new Uint8Array(readFileSync(pathOfGuest(path)));
}

/** Returns the path of a guest's file. */
export function pathOfGuest(path: string): string {
  return fileURLToPath(new URL(path, ROOT));
}
