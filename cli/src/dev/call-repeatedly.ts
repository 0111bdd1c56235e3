import type { ManagedPlugin } from '@wasm-plugin/engine/host';
import { decodeComponent, validateComponent } from '@wasm-plugin/engine/internals';
import { callExport, findExport } from '../run/index.js';
import { formatJson } from '../terminal/index.js';
import { argumentsFrom } from '../values/index.js';
import type { DevView } from './dev-view.js';

/** A function that is called again and again. */
export interface RepeatedCall {
  /** As `wasm-plugin run --export` takes it. */
  export: string;
  /** JSON. */
  args: string;
  everyMs: number;
}

/** Calls a function of whichever version serves; an answer like the last one is not shown again. */
export function callRepeatedly(
  call: RepeatedCall,
  { plugin, view }: { plugin: () => ManagedPlugin | undefined; view: DevView },
): NodeJS.Timeout {
  let last: string | undefined;
  const show = (text: string): void => {
    if (text !== last) view.answer(call.export, text);
    last = text;
  };
  return setInterval(() => {
    const current = plugin();
    if (current?.state !== 'ready') return;
    void answerOf(current, call)
      .then(show)
      .catch((error: unknown) => show(`failed: ${error instanceof Error ? error.message : String(error)}`));
  }, call.everyMs);
}

async function answerOf(plugin: ManagedPlugin, call: RepeatedCall): Promise<string> {
  const { files, manifest } = plugin.package;
  const bytes = await files.read(manifest.entry as string);
  const found = findExport(validateComponent(decodeComponent(bytes)), call.export);
  const outcome = callExport(plugin, { found, args: argumentsFrom(call.args, found.type) });
  return `${outcome.kind === 'err' ? 'error ' : ''}${formatJson(outcome.json)}`;
}
