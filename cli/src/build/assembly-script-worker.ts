import { parentPort } from 'node:worker_threads';
import { buildPlugin, WitError } from '@wasm-plugin/as';
import type { CompileAnswer, CompileRequest } from './assembly-script-builder.js';

/** Runs in the thread of `assemblyScriptBuilder`, one request after the other. */
parentPort?.on('message', async (request: CompileRequest) => {
  parentPort?.postMessage(await answer(request), []);
});

async function answer({ entry, wit, world, debug }: CompileRequest): Promise<CompileAnswer> {
  try {
    return { bytes: await buildPlugin({ entry, wit, world, debug }) };
  } catch (error) {
    if (error instanceof WitError) return { error: error.withPicture, hint: error.hint };
    return { error: error instanceof Error ? error.message : String(error) };
  }
}
