import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { DevView } from './dev-view.js';
import { lineWriter } from './line-writer.js';

const BIN = fileURLToPath(new URL('../../bin/wasm-plugin.js', import.meta.url));

/** Options of a run of a program. */
export interface ProgramOptions {
  id: string;
  /** Options of `wasm-plugin run`. */
  options: readonly string[];
  /** The arguments of the program. */
  words: readonly string[];
}

/**
 * Runs a program, `wasm-plugin run` in a process of its own, as a program that waits keeps its thread. A new version ends the
 * one before. To be closed.
 */
export class ProgramRuns {
  readonly #folder = mkdtempSync(join(tmpdir(), 'wasm-plugin-dev-'));
  readonly #view: DevView;
  #child: ChildProcess | undefined;

  constructor(view: DevView) {
    this.#view = view;
  }

  /** Ends the running program, and runs a version from its beginning. */
  async restart(bytes: Uint8Array, { id, options, words }: ProgramOptions): Promise<void> {
    await this.#end();
    const file = join(this.#folder, `${id}.wasm`);
    writeFileSync(file, bytes);
    const child = spawn(process.execPath, [BIN, 'run', file, ...options, '--', ...words], {
      stdio: ['inherit', 'pipe', 'pipe'],
    });
    this.#child = child;
    const [out, err] = (['stdout', 'stderr'] as const).map((name) => {
      const lines = lineWriter((line) => this.#view.output(name, line));
      child[name].setEncoding('utf8').on('data', (text: string) => lines.take(text));
      return lines;
    });
    child.once('close', (code) => {
      out?.end();
      err?.end();
      if (this.#child !== child) return;
      this.#child = undefined;
      this.#view.exited(id, code ?? 1);
    });
  }

  async close(): Promise<void> {
    await this.#end();
    rmSync(this.#folder, { recursive: true, force: true });
  }

  async #end(): Promise<void> {
    const child = this.#child;
    this.#child = undefined;
    if (child === undefined) return;
    const closed = once(child, 'close');
    child.kill('SIGKILL');
    await closed;
  }
}
