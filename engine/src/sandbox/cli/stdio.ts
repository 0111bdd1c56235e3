import type { Capability } from '@wasm-plugin/abi';
import type { Gate } from '../gate.js';
import { HOST_ONLY, hostOnly } from '../host-only.js';
import {
  bytesSource,
  InputStream,
  OutputStream,
  streamClosed,
  streamFailed,
  type ByteSink,
  type ByteSource,
} from '../io/index.js';

/** Streams of a plugin with `stdio`. The process's own streams are connected only if the host passes them. */
export interface Stdio {
  /** Input: bytes, text in UTF-8, or a function that returns at most so many bytes, and nothing at the end. @default empty */
  stdin?: Uint8Array | string | ((most: number) => Uint8Array | undefined);
  /** Takes its standard output. @default dropped */
  stdout?: (bytes: Uint8Array) => unknown;
  /** Takes its standard error output. @default dropped */
  stderr?: (bytes: Uint8Array) => unknown;
}

/** A resource that there never is one of. */
// oxlint-disable-next-line typescript/no-extraneous-class
class Terminal {
  constructor(key: typeof HOST_ONLY) {
    hostOnly(key);
  }
}

const STDIO: Capability = { kind: 'stdio' };

/** The interfaces of `wasi:cli` for standard streams. Without `stdio` each read and write fails with an error that says so. */
export function stdioImports(gate: Gate, stdio: Stdio): Record<string, unknown> {
  const source = stdinSource(gate, stdio.stdin);
  const stdout = outputSink(gate, stdio.stdout);
  const stderr = outputSink(gate, stdio.stderr);
  return {
    'wasi:cli/stdin@0.2.0': { getStdin: () => new InputStream(HOST_ONLY, source) },
    'wasi:cli/stdout@0.2.0': { getStdout: () => new OutputStream(HOST_ONLY, stdout) },
    'wasi:cli/stderr@0.2.0': { getStderr: () => new OutputStream(HOST_ONLY, stderr) },
    'wasi:cli/terminal-input@0.2.0': { TerminalInput: Terminal },
    'wasi:cli/terminal-output@0.2.0': { TerminalOutput: Terminal },
    'wasi:cli/terminal-stdin@0.2.0': { getTerminalStdin: () => undefined },
    'wasi:cli/terminal-stdout@0.2.0': { getTerminalStdout: () => undefined },
    'wasi:cli/terminal-stderr@0.2.0': { getTerminalStderr: () => undefined },
  };
}

function demandStdio(gate: Gate): void {
  const lacking = gate.lacking(STDIO);
  if (lacking !== undefined) throw streamFailed(gate.deny('stdio', lacking).message);
}

function stdinSource(gate: Gate, stdin: Stdio['stdin'] = ''): ByteSource {
  const bytes = typeof stdin === 'string' ? new TextEncoder().encode(stdin) : stdin;
  const source = typeof bytes === 'function' ? { read: bytes } : bytesSource(bytes);
  return {
    read(most) {
      demandStdio(gate);
      const given = source.read(most);
      return given === undefined || given.length === 0 ? undefined : given.subarray(0, most);
    },
  };
}

function outputSink(gate: Gate, write: Stdio['stdout']): ByteSink {
  let broken = false;
  return {
    keepsBytes: true,
    check: () => demandStdio(gate),
    charge: (bytes) => gate.instance?.chargeBytes(bytes),
    write(bytes) {
      demandStdio(gate);
      if (broken) throw streamClosed();
      try {
        write?.(bytes);
      } catch (error) {
        broken = true;
        throw streamFailed(
          `the host could not write: ${error instanceof Error ? error.message : String(error)}`,
        );
      }
    },
  };
}
