import type { ManagedPlugin, PluginPackage } from '@wasm-plugin/engine/host';
import { decodeComponent, validateComponent } from '@wasm-plugin/engine/component';
import { callExport, findExport, type ExportedFunction } from '../run/index.js';
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

/** The functions of packages, so that each is decoded and checked once. */
const known = new WeakMap<PluginPackage, Promise<ExportedFunction>>();

async function answerOf(plugin: ManagedPlugin, call: RepeatedCall): Promise<string> {
  const { package: pkg } = plugin;
  let finding = known.get(pkg);
  if (finding === undefined) known.set(pkg, (finding = findIn(pkg, call.export)));
  const found = await finding;
  const outcome = await callExport(plugin, { found, args: argumentsFrom(call.args, found.type) });
  return `${outcome.kind === 'err' ? 'error ' : ''}${formatJson(outcome.json)}`;
}

async function findIn({ files, manifest }: PluginPackage, name: string): Promise<ExportedFunction> {
  const bytes = await files.read(manifest.entry as string);
  return findExport(validateComponent(decodeComponent(bytes)), name);
}
