import { styleText } from 'node:util';
import { jsonText } from './terminal/index.js';

type Style = Parameters<typeof styleText>[0];

/** Output channels of a command, and their abilities. */
export interface Io {
  /** Writes results, to stdout. */
  out(text: string): void;
  /** Writes a line of JSON to stdout: the output of `--json`. */
  json(value: unknown): void;
  /** Writes a note for people to stderr. */
  err(text: string): void;
  /** Styles a text for stdout; does nothing if stdout is no terminal. */
  style(style: Style, text: string): string;
  /** Styles a text for stderr. */
  styleErr(style: Style, text: string): string;
  /** The terminal that stdout is; `undefined` if it is none, or one without a cursor. */
  readonly terminal: { readonly columns: number } | undefined;
  /** Width of the terminal behind stdout, in columns; `undefined` if it is no terminal. */
  readonly columns: number | undefined;
  /** Width of the terminal behind stderr, in columns; `undefined` if it is no terminal. */
  readonly columnsErr: number | undefined;
}

/** The process's own streams. A reader that went away, as `head` does, ends the process without a word. */
export function processIo(): Io {
  process.stdout.on('error', endWhenClosed);
  process.stderr.on('error', ignoreWhenClosed);
  return {
    out: (text) => void process.stdout.write(text),
    json: (value) => void process.stdout.write(`${jsonText(value)}\n`),
    err: (text) => void process.stderr.write(text),
    style: styler(process.stdout),
    styleErr: styler(process.stderr),
    terminal: process.stdout.isTTY && process.env['TERM'] !== 'dumb' ? process.stdout : undefined,
    get columns() {
      return columnsOf(process.stdout);
    },
    get columnsErr() {
      return columnsOf(process.stderr);
    },
  };
}

/** A terminal that does not know how wide it is says 0. */
function columnsOf(stream: NodeJS.WriteStream): number | undefined {
  return stream.isTTY ? stream.columns || 80 : undefined;
}

function styler(stream: NodeJS.WriteStream): Io['style'] {
  const { NO_COLOR, FORCE_COLOR, TERM } = process.env;
  const forced = FORCE_COLOR !== undefined && FORCE_COLOR !== '0' && FORCE_COLOR !== 'false';
  const wanted = forced || (stream.isTTY === true && TERM !== 'dumb');
  return wanted && (NO_COLOR ?? '') === ''
    ? (style, text) => styleText(style, text, { validateStream: false })
    : (_, text) => text;
}

function endWhenClosed(error: NodeJS.ErrnoException): void {
  if (error.code !== 'EPIPE') throw error;
  process.exit();
}

function ignoreWhenClosed(error: NodeJS.ErrnoException): void {
  if (error.code !== 'EPIPE') throw error;
}

/** Collects a command's output, as a pipe would get it: for tests. */
export function memoryIo(): { io: Io; written: { out: string; err: string } } {
  const written = { out: '', err: '' };
  const plain = (_: Style, text: string): string => text;
  const io: Io = {
    out: (text) => void (written.out += text),
    json: (value) => void (written.out += `${jsonText(value)}\n`),
    err: (text) => void (written.err += text),
    style: plain,
    styleErr: plain,
    terminal: undefined,
    columns: undefined,
    columnsErr: undefined,
  };
  return { io, written };
}
