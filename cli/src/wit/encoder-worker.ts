import { parentPort } from 'node:worker_threads';
import { componentEmbed } from '@bytecodealliance/jco-transpile/wasm-tools';
import type { EncodeAnswer, EncodeRequest } from './encoder.js';

/** Runs in a worker of `WitEncoder`: wasm-tools is poisoned by a panic, and is thrown away with the worker. */
parentPort?.on('message', async (request: EncodeRequest) => {
  parentPort?.postMessage(await answer(request), []);
});

async function answer({ wit, world }: EncodeRequest): Promise<EncodeAnswer> {
  try {
    const module = await componentEmbed({
      dummy: true,
      witSource: wit,
      ...(world === undefined ? {} : { world }),
    });
    const compiled = await WebAssembly.compile(module as Uint8Array<ArrayBuffer>);
    const [section] = WebAssembly.Module.customSections(compiled, 'component-type');
    if (section === undefined) return { kind: 'panic', reason: 'it wrote no type' };
    return { kind: 'encoded', bytes: new Uint8Array(section) };
  } catch (error) {
    const { payload, message } = error as { payload?: unknown; message?: string };
    if (typeof payload === 'string') return { kind: 'refused', reason: payload };
    return { kind: 'panic', reason: message ?? String(error) };
  }
}
