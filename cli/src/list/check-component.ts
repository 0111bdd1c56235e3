import {
  AUDIO_EFFECT_WORLD,
  CODEC_WORLD,
  MUSIC_SOURCE_WORLD,
  PLAYER_WORLD,
  PLUGIN_WORLD,
  PluginError,
  UI_EXTENSION_WORLD,
} from '@wasm-plugin/abi';
import { createEngine } from '@wasm-plugin/engine';
import type { Manifest } from '@wasm-plugin/abi/manifest';
import {
  decodeComponent,
  InterfaceNames,
  validateComponent,
  type ResolvedComponent,
} from '@wasm-plugin/engine/component';
import { checkAgainstWorld, decodeWorld, describeProblem, isTypesOnly } from '@wasm-plugin/engine/world';
import { finder, OF_HOST } from '../component/index.js';

const STATE = 'wasm-plugin:abi/state@0.1.0';

/** Findings about a component, without running it. */
export interface CheckedComponent {
  /** Faults that keep it from running as its manifest says. */
  problems: string[];
  /** The imports that only a host of its own world gives. */
  ofOtherHosts: string[];
}

/** Compiles a component, without running it, and holds it against its manifest. */
export async function checkComponent(
  bytes: Uint8Array,
  manifest: Manifest,
  others: readonly Manifest[],
): Promise<CheckedComponent> {
  let type: ResolvedComponent;
  const engine = createEngine({ cacheBytes: 0 });
  try {
    type = validateComponent(decodeComponent(bytes));
    await engine.load(bytes);
  } catch (error) {
    if (!PluginError.is(error)) throw error;
    return { problems: [`its component cannot be loaded: ${error.reason}`], ofOtherHosts: [] };
  } finally {
    engine.close();
  }
  return {
    problems: [...worldProblems(type, manifest), ...promiseProblems(type, manifest)],
    ofOtherHosts: importsOfOthers(type, manifest, others),
  };
}

/** Imports that neither a sandbox nor a dependency gives. */
function importsOfOthers(type: ResolvedComponent, manifest: Manifest, others: readonly Manifest[]): string[] {
  const dependencies = new Set(manifest.dependencies.map(({ id }) => id));
  const promised = others.flatMap(({ id, interfaces }) => (dependencies.has(id) ? interfaces : []));
  const given = finder([...OF_HOST, ...promised]);
  return [...type.imports]
    .filter(([name, item]) => !given(name) && item.kind !== 'type' && !isTypesOnly(item))
    .map(([name]) => name);
}

/** Lists the mismatches between a component and the world of `wasm-plugin:abi` that its manifest names. */
function worldProblems(type: ResolvedComponent, { world }: Manifest): string[] {
  const encoded = abiWorld(world);
  if (encoded === undefined) return [];
  const declared = decodeWorld(encoded);
  const { problems } = checkAgainstWorld(type, declared);
  // Imports that the world does not declare may come from elsewhere.
  const misfits = problems.filter(({ kind }) => kind !== 'undeclared');
  return misfits.map(
    (problem) => `it does not fit the world "${declared.name}": ${describeProblem(problem)}`,
  );
}

const ABI_WORLDS: ReadonlyMap<string, Uint8Array> = new Map([
  ['plugin', PLUGIN_WORLD],
  ['audio-effect', AUDIO_EFFECT_WORLD],
  ['music-source', MUSIC_SOURCE_WORLD],
  ['codec', CODEC_WORLD],
  ['player', PLAYER_WORLD],
  ['ui-extension', UI_EXTENSION_WORLD],
]);

function abiWorld(world: string): Uint8Array | undefined {
  const [, name] = /^wasm-plugin:abi\/([a-z-]+)(?:@|$)/.exec(world) ?? [];
  return name === undefined ? undefined : ABI_WORLDS.get(name);
}

/** Lists the claims of the manifest about the component that are not true. */
function promiseProblems(type: ResolvedComponent, { interfaces, state }: Manifest): string[] {
  const exported = new InterfaceNames(type.exports.keys());
  const missing = interfaces.filter((name) => exported.find(name) === undefined);
  return [
    ...missing.map((name) => `it does not export "${name}", which its manifest promises`),
    ...(state !== undefined && exported.find(STATE) === undefined
      ? [`its manifest describes a state, and it does not export "${STATE}"`]
      : []),
  ];
}
