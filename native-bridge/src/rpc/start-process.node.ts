import { spawn, type ChildProcess } from 'node:child_process';
import { printable } from '@wasm-plugin/abi';
import type { Transport } from './transport.js';
import { streamTransport } from './transports/stream-transport.node.js';

/** A process that speaks the protocol on its standard streams. */
export interface StartOptions {
  /** @default none */
  args?: readonly string[];
  /** The whole environment of the process. @default `PATH` alone */
  env?: Readonly<Record<string, string>>;
  /** @default the folder of the plugin */
  cwd?: string;
  /** Called with its stderr, line by line, unchecked. @default not called */
  onStderr?: (line: string) => void;
  /** Hears the id of each process, e.g. to bound it by means of the system. */
  onStart?: (pid: number) => void;
}

/** Time that a process has to end after it has closed its stdout, in milliseconds. */
const END_MS = 1000;

/** The longest line of stderr that is kept. */
const MOST_LINE = 10_000;

/** Starts a process. Its end closes the transport, with its exit code and last line of stderr; closing the transport kills it. */
export function startProcess(command: string, options: StartOptions = {}): Transport {
  const { args = [], env, cwd, onStderr, onStart } = options;
  const child = spawn(command, args, {
    stdio: ['pipe', 'pipe', 'pipe'],
    env: env ?? { PATH: process.env['PATH'] ?? '' },
    ...(cwd === undefined ? {} : { cwd }),
  });
  if (child.pid !== undefined) onStart?.(child.pid);
  let [rest, last] = ['', ''];
  child.stderr.setEncoding('utf8').on('data', (text: string) => {
    const lines = `${rest}${text}`.split('\n');
    rest = (lines.pop() ?? '').slice(0, MOST_LINE);
    last = lines.findLast((line) => line.trim() !== '') ?? last;
    for (const line of lines) onStderr?.(line);
  });
  const ended = endOf(child);
  const transport = streamTransport(command, {
    readable: child.stdout,
    writable: child.stdin,
    destroy: () => {
      child.stdin.destroy();
      child.kill('SIGKILL');
    },
    why: async () => {
      const timer = setTimeout(() => child.kill('SIGKILL'), END_MS);
      const end = await ended;
      clearTimeout(timer);
      const said = rest.trim() === '' ? last : rest;
      return said === '' ? end : `${end}; it wrote "${printable(said, { mostLength: 500 })}"`;
    },
  });
  return transport;
}

function endOf(child: ChildProcess): Promise<string> {
  return new Promise((resolve) => {
    child.once('error', (error) => resolve(error.message));
    child.once('close', (code, signal) =>
      resolve(code === null ? `it was ended by ${String(signal)}` : `it ended with the exit code ${code}`),
    );
  });
}
