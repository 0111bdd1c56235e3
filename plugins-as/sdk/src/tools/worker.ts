import { parentPort } from 'node:worker_threads';
import { componentEmbed, componentNew } from './wasm-tools.js';
import type { ToolAnswer, ToolRequest } from './requests.js';

// Runs in a thread of `askWasmTools`: wasm-tools is of no use after a panic, and is thrown away with the thread.
parentPort?.on('message', async (request: ToolRequest) => {
  parentPort?.postMessage(await answer(request), []);
});

async function answer(request: ToolRequest): Promise<ToolAnswer> {
  try {
    return {
      kind: 'done',
      bytes: await (request.kind === 'encode' ? encode(request) : componentize(request)),
    };
  } catch (error) {
    const { payload, message } = error as { payload?: unknown; message?: string };
    if (typeof payload === 'string') return { kind: 'refused', reason: payload };
    return { kind: 'panic', reason: message ?? String(error) };
  }
}

async function encode({ wit, world, features = [] }: ToolRequest & { kind: 'encode' }): Promise<Uint8Array> {
  const module = await componentEmbed({
    dummy: true,
    witSource: wit,
    features: features === 'all' ? { tag: 'all' } : { tag: 'list', val: [...features] },
    ...(world === undefined ? {} : { world: specifier(world) }),
  });
  const compiled = await WebAssembly.compile(module as Uint8Array<ArrayBuffer>);
  const [section] = WebAssembly.Module.customSections(compiled, 'component-type');
  if (section === undefined) throw new Error('it wrote no type');
  return new Uint8Array(section);
}

async function componentize({
  module,
  wit,
  world,
}: ToolRequest & { kind: 'componentize' }): Promise<Uint8Array> {
  const binary = await componentEmbed({
    binary: module,
    witSource: wit,
    world: specifier(world),
    stringEncoding: 'utf16',
  });
  return new Uint8Array(await componentNew(binary, []));
}

/** A world may be called by a keyword of WIT: with `%` each name is one. */
function specifier(world: string): string {
  return world.replace(/^(.*[/])?%?(?=[^/]*$)/, '$1%');
}
