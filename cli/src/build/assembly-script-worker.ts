import { parentPort } from 'node:worker_threads';
import { buildPlugin, WitError } from '@wasm-plugin/as';
import type { CompileAnswer, CompileRequest } from './assembly-script-builder.js';

const MEMORY_HINT =
  'A core module exports its memory as "memory": a function of the world itself cannot have that name. Put it into an interface, or ' +
  'name it otherwise';

/** Runs in the thread of `assemblyScriptBuilder`, one request after the other. */
parentPort?.on('message', async (request: CompileRequest) => {
  parentPort?.postMessage(await answer(request), []);
});

async function answer({ entry, wit, world, debug }: CompileRequest): Promise<CompileAnswer> {
  try {
    return { bytes: await buildPlugin({ entry, wit, world, debug }) };
  } catch (error) {
    if (error instanceof WitError) return { error: error.withPicture, hint: error.hint };
    const message = error instanceof Error ? error.message : String(error);
    return { error: message, hint: /duplicate export name `memory`/.test(message) ? MEMORY_HINT : undefined };
  }
}
