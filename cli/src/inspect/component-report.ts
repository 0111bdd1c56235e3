import {
  coreModulesOf,
  type Component,
  type ResolvedComponent,
  type ResolvedExtern,
  type ResolvedItems,
} from '@wasm-plugin/engine/component';
import type { ComponentFile } from '../component/index.js';
import { coreModuleReport, type CoreModuleReport } from './core-module-report.js';
import { meterReport } from './meter-report.js';
import { moduleName } from './name-section.js';
import { printPackage, type NamedWorld } from './print-world.js';
import { distinctProducers, readProducers, type Producer } from './producers.js';
import { funcText, structureText, TypeNames } from './type-text.js';
import { packageName } from './wit-name.js';

/** A function or type, with its type as WIT writes it. */
export interface NamedText {
  name: string;
  type: string;
}

/** Something imported or exported. */
export interface ItemReport {
  name: string;
  kind: 'interface' | 'function' | 'type' | 'module' | 'component';
  /** The type as WIT writes it, of a function or type. */
  type?: string;
  /** Those of an interface. */
  functions?: NamedText[];
  /** Those of an interface. */
  types?: NamedText[];
}

/** Description of a component file: the output of `wasm-plugin inspect --json`. */
export interface ComponentReport {
  file: string;
  kind: 'component' | 'wit-package';
  /** From its name section. */
  name: string | null;
  sizeBytes: number;
  imports: ItemReport[];
  exports: ItemReport[];
  coreModules: CoreModuleReport[];
  producers: Producer[];
  /** Imports and exports as a WIT world; of a WIT package, its worlds. */
  wit: string;
}

/** Looks into a component. */
export function componentReport(file: ComponentFile, { meter = false } = {}): ComponentReport {
  const { path, bytes, component, type } = file;
  const worlds = worldsIn(type);
  const names = new TypeNames().add(type.imports).add(type.exports);
  const coreModules = coreModulesOf(component).map(({ bytes: core, at }) => ({
    ...coreModuleReport(core, at),
    ...(meter && { metered: meterReport(core) }),
  }));
  return {
    file: path,
    kind: worlds.length > 0 ? 'wit-package' : 'component',
    name: moduleName(customsOf(component, 'component-name')[0]) ?? null,
    sizeBytes: bytes.length,
    imports: itemReports(type.imports, names),
    exports: itemReports(type.exports, names),
    coreModules,
    producers: distinctProducers([
      ...customsOf(component, 'producers').flatMap(readProducers),
      ...coreModules.flatMap((module) => module.producers),
    ]),
    wit: worlds.length > 0 ? printPackage(worlds, packageOf(type)) : printPackage([{ name: 'root', type }]),
  };
}

function customsOf(component: Component, name: string): Uint8Array[] {
  return component.definitions.flatMap((definition) =>
    definition.kind === 'custom' && definition.name === name ? [definition.bytes] : [],
  );
}

/** The worlds of an encoded WIT package: each is a component type that exports one component type, the world. */
function worldsIn(type: ResolvedComponent): NamedWorld[] {
  return worldTypes(type).map(({ name, type: world }) => ({ name, type: world }));
}

/** The package that the worlds are in, as the first of them names it. */
function packageOf(type: ResolvedComponent): string | undefined {
  const [first] = worldTypes(type);
  return first?.id.includes(':') === true ? packageName(first.id) : undefined;
}

function worldTypes(type: ResolvedComponent): (NamedWorld & { id: string })[] {
  return [...type.exports].flatMap(([name, item]) => {
    if (item.kind !== 'type' || item.type.kind !== 'component') return [];
    return [...item.type.exports].flatMap(([id, inner]) =>
      inner.kind === 'component' ? [{ name, id, type: inner.type }] : [],
    );
  });
}

function itemReports(items: ResolvedItems, names: TypeNames): ItemReport[] {
  return [...items].map(([name, item]) => itemReport(name, item, names));
}

function itemReport(name: string, item: ResolvedExtern, names: TypeNames): ItemReport {
  switch (item.kind) {
    case 'func':
      return { name, kind: 'function', type: funcText(item.type, names) };
    case 'instance': {
      const inner = itemReports(item.type.exports, names);
      const only = (kind: ItemReport['kind']): NamedText[] =>
        inner.flatMap((each) => (each.kind === kind ? [{ name: each.name, type: each.type ?? '' }] : []));
      return { name, kind: 'interface', functions: only('function'), types: only('type') };
    }
    case 'core-module':
      return { name, kind: 'module' };
    case 'component':
      return { name, kind: 'component' };
    case 'type':
      return { name, kind: 'type', type: typeText(item.type, names) };
  }
}

function typeText(type: Extract<ResolvedExtern, { kind: 'type' }>['type'], names: TypeNames): string {
  switch (type.kind) {
    case 'resource':
      return 'resource';
    case 'func':
      return funcText(type, names);
    case 'instance':
    case 'component':
      return type.kind;
    default:
      return structureText(type, names);
  }
}
