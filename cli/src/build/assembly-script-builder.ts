import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { Worker } from 'node:worker_threads';
import type { Builder } from './builder.js';
import { CliError } from '../cli-error.js';
import { witOf } from './wit-of.js';

const ENTRY = 'assembly/index.ts';

/** Request to the thread. */
export interface CompileRequest {
  entry: string;
  wit: string;
  world: string;
  /** If true, the component gets the names of functions and a source map, so that a trap names file and line. */
  debug: boolean;
}

/** Answer of the thread. */
export type CompileAnswer = { bytes: Uint8Array } | { error: string; hint?: string | undefined };

/** Builds plugins in AssemblyScript: a folder with `assembly/index.ts`. */
export const assemblyScriptBuilder: Builder = {
  name: 'AssemblyScript',
  sign: ENTRY,
  fits: ({ folder }) => existsSync(join(folder, ENTRY)),
  isWhole: () => true,
  async build({ folder, manifest }, { signal, debug = false }) {
    return await compile({ entry: join(folder, ENTRY), debug, ...witOf(folder, manifest.world) }, signal);
  },
};

/** The compiler is large and takes its thread for seconds: it has one of its own, which is kept for the next build. */
let idle: Worker | undefined;

async function compile(request: CompileRequest, signal: AbortSignal | undefined): Promise<Uint8Array> {
  const worker = idle ?? new Worker(new URL('./assembly-script-worker.js', import.meta.url));
  idle = undefined;
  worker.ref();
  const answer = await new Promise<CompileAnswer>((resolve, reject) => {
    const stop = (): void => {
      void worker.terminate();
      reject(new CliError('Cannot build: it was stopped'));
    };
    signal?.addEventListener('abort', stop, { once: true });
    worker.removeAllListeners();
    worker.once('message', (given: CompileAnswer) => {
      signal?.removeEventListener('abort', stop);
      resolve(given);
    });
    worker.once('error', reject);
    worker.postMessage(request, []);
  });
  worker.unref();
  idle ??= worker;
  if ('error' in answer) throw new CliError(answer.error, { hint: answer.hint });
  return answer.bytes;
}
