import { decodeComponent, validateComponent, type ResolvedComponent } from '@wasm-plugin/engine/component';
import { componentEmbed, componentNew } from '@bytecodealliance/jco-transpile/wasm-tools';

/** Returns a core module that embeds the world of a WIT text, and has every export of it. */
export async function moduleFor(witSource: string, world: string): Promise<Uint8Array> {
  return componentEmbed({ dummy: true, witSource, world });
}

/** Returns the `component-type` section of a core module: the world it embeds, encoded. */
export async function embeddedWorld(witSource: string, world: string): Promise<Uint8Array> {
  const module = await WebAssembly.compile((await moduleFor(witSource, world)) as Uint8Array<ArrayBuffer>);
  const [section] = WebAssembly.Module.customSections(module, 'component-type');
  if (section === undefined) throw new Error('Cannot find the component-type section');
  return new Uint8Array(section);
}

/** Returns the type of a component that imports and exports all that a world has. */
export async function componentFor(witSource: string, world: string): Promise<ResolvedComponent> {
  const bytes = await componentNew(await moduleFor(witSource, world));
  return validateComponent(decodeComponent(bytes));
}
