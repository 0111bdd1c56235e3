import { readSync, writeSync } from 'node:fs';
import type { Stdio } from '@wasm-plugin/engine/sandbox';
import { printable } from '../terminal/index.js';

const RETRY_MS = 5;
const STDIN = 0;
const STDOUT = 1;
const STDERR = 2;

/** Destination of a component's output. */
export interface StdioOptions {
  /** If true, its standard output goes to stderr, since stdout is for a result. */
  outToErr: boolean;
}

/**
 * Connects a component to the streams of the process. Reads and writes wait, as those of a program do. On a terminal
 * control characters become visible; into a pipe or a file the bytes go as they are.
 */
export function processStdio({ outToErr }: StdioOptions): Stdio {
  return {
    stdin: readStdin,
    stdout: outToErr ? writer(STDERR, process.stderr.isTTY) : writer(STDOUT, process.stdout.isTTY),
    stderr: writer(STDERR, process.stderr.isTTY),
  };
}

function readStdin(most: number): Uint8Array | undefined {
  const bytes = new Uint8Array(Math.min(most, 65_536));
  const length = waiting(() => readSync(STDIN, bytes));
  return length === 0 ? undefined : bytes.subarray(0, length);
}

function writer(fd: number, isTerminal: boolean): (bytes: Uint8Array) => void {
  if (!isTerminal) return (bytes) => writeAll(fd, bytes);
  const decoder = new TextDecoder();
  return (bytes) =>
    writeAll(fd, new TextEncoder().encode(printable(decoder.decode(bytes, { stream: true }))));
}

function writeAll(fd: number, bytes: Uint8Array): void {
  for (let at = 0; at < bytes.length;) at += waiting(() => writeSync(fd, bytes, at));
}

/** Repeats a call on a non-blocking stream until it is accepted. A stream that has ended counts as empty. */
function waiting(work: () => number): number {
  for (;;) {
    try {
      return work();
    } catch (error) {
      const { code } = error as NodeJS.ErrnoException;
      if (code === 'EOF') return 0;
      if (code !== 'EAGAIN') throw error;
      Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, RETRY_MS);
    }
  }
}
