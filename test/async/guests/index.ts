import { readFileSync } from 'node:fs';

/** The functions that the guests `tasks-…` export. */
export interface Tasks {
  bump(): number;
  add(a: number, b: number, options?: { signal?: AbortSignal }): Promise<number>;
  gather(keys: readonly string[]): Promise<string>;
  upper(input: unknown): Promise<ReadableStream<Uint8Array>>;
  total(input: unknown): Promise<bigint>;
  twice(input: unknown): Promise<number>;
}

/** The interface of the host that they import. */
export const TASKS_HOST = 'demo:tasks/host@0.1.0';

/** Reads one of the guests that are checked in. */
export function tasksGuest(name: 'tasks-unknown' | 'tasks-wasip3'): Uint8Array {
  return readFileSync(new URL(`${name}.wasm`, import.meta.url));
}
