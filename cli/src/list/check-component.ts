import { AUDIO_EFFECT_WORLD, PLUGIN_WORLD, PluginError } from '@wasm-plugin/abi';
import type { Manifest } from '@wasm-plugin/abi/manifest';
import {
  CompatibleNames,
  decodeComponent,
  validateComponent,
  type ResolvedComponent,
} from '@wasm-plugin/engine/component';
import { createSandbox } from '@wasm-plugin/engine/sandbox';
import { checkAgainstWorld, decodeWorld, describeProblem, isTypesOnly } from '@wasm-plugin/engine/world';

const STATE = 'wasm-plugin:abi/state@0.1.0';

/** What a component can be given beside what its dependencies promise: what every host of plugins has. */
const OF_HOST = Object.keys(createSandbox({ permissions: [], grants: [] }).imports);

/** Finds what keeps a component from running as its manifest says, without running it. */
export function checkComponent(bytes: Uint8Array, manifest: Manifest, others: readonly Manifest[]): string[] {
  let type: ResolvedComponent;
  try {
    type = validateComponent(decodeComponent(bytes));
  } catch (error) {
    if (!PluginError.is(error)) throw error;
    return [`its component cannot be loaded: ${error.message.replace(/^Cannot load the module: /, '')}`];
  }
  return [
    ...importProblems(type, manifest, others),
    ...worldProblems(type, manifest),
    ...promiseProblems(type, manifest),
  ];
}

/** Imports that neither a host nor a dependency gives. */
function importProblems(type: ResolvedComponent, manifest: Manifest, others: readonly Manifest[]): string[] {
  const dependencies = new Set(manifest.dependencies.map(({ id }) => id));
  const promised = others.flatMap(({ id, interfaces }) => (dependencies.has(id) ? interfaces : []));
  const given = finder([...OF_HOST, ...promised]);
  return [...type.imports]
    .filter(([name, item]) => !given(name) && item.kind !== 'type' && !isTypesOnly(item))
    .map(([name]) => `it imports "${name}", which neither a host nor a plugin that it depends on gives`);
}

/** Where the manifest names a world of `wasm-plugin:abi`: what of it the component does not fit. */
function worldProblems(type: ResolvedComponent, { world }: Manifest): string[] {
  const encoded = abiWorld(world);
  if (encoded === undefined) return [];
  const declared = decodeWorld(encoded);
  const { problems } = checkAgainstWorld(type, declared);
  // What the world does not declare may come from elsewhere.
  const misfits = problems.filter(({ kind }) => kind !== 'undeclared');
  return misfits.map(
    (problem) => `it does not fit the world "${declared.name}": ${describeProblem(problem)}`,
  );
}

function abiWorld(world: string): Uint8Array | undefined {
  if (/^wasm-plugin:abi\/plugin(?:@|$)/.test(world)) return PLUGIN_WORLD;
  return /^wasm-plugin:abi\/audio-effect(?:@|$)/.test(world) ? AUDIO_EFFECT_WORLD : undefined;
}

/** What the manifest says of the component and is not so. */
function promiseProblems(type: ResolvedComponent, { interfaces, state }: Manifest): string[] {
  const exported = finder([...type.exports.keys()]);
  const missing = interfaces.filter((name) => !exported(name));
  return [
    ...missing.map((name) => `it does not export "${name}", which its manifest promises`),
    ...(state !== undefined && !exported(STATE)
      ? [`its manifest describes a state, and it does not export "${STATE}"`]
      : []),
  ];
}

function finder(names: readonly string[]): (name: string) => boolean {
  const compatible = new CompatibleNames();
  for (const name of names) compatible.add(name);
  const exact = new Set(names);
  // A host may leave the version out, as it does for its own interfaces.
  return (name) =>
    exact.has(name) || exact.has(name.replace(/@.*$/, '')) || compatible.find(name) !== undefined;
}
