import type { GuestFrame } from '@wasm-plugin/abi';
import { ByteReader, printable } from '../binary/index.js';
import { functionNames, type OffsetMap } from '../meter/index.js';
import { decodeModule, SECTION, type CoreModule } from '../module/index.js';
import { findLine } from './dwarf/index.js';
import { moduleName } from './module-name.js';
import { sourceMapFrom, type SourceMapOf } from './source-map.js';
import type { FindSource } from './source-place.js';
import type { StackFrame } from './stack-frames.js';

/** Functions that are larger are not rewritten again to find a place in them: a trace must not take long. */
const MOST_BODY_BYTES = 2 ** 20;

/** What is known of a core module whose frames are to be found in stack traces. */
export interface TracedModuleFacts {
  /** Which core module of the component. */
  readonly moduleIndex: number;
  /** Its bytes before anything was changed. */
  readonly original: Uint8Array;
  /** How many bytes the module that runs lost in front of its code, beside what the rewriting did. */
  readonly shift: number;
  /** How the module that runs came of the original: metered, or with each body as it was at another offset. */
  readonly rewriting: { readonly offsetMap: OffsetMap } | { readonly bodyOffsets: Uint32Array };
  readonly sourceMapOf?: SourceMapOf | undefined;
}

/** A frame, and what it takes to tell it from a door. */
export interface TracedFrame {
  readonly frame: GuestFrame;
  /** Whether it has come no further than the start of the function. */
  readonly atStart: boolean;
}

interface Contents {
  readonly module: CoreModule;
  readonly name: string | undefined;
  readonly names: ReadonlyMap<number, string>;
  readonly importedFunctions: number;
  readonly findSource: FindSource;
}

/** Leads from frames of a stack trace to places in a guest's module. Reads nothing before it is asked. */
export class TracedModule {
  readonly #facts: TracedModuleFacts;
  #contents: Contents | undefined;

  constructor(facts: TracedModuleFacts) {
    this.#facts = facts;
  }

  /** Gives the guest's function of a frame; `undefined` where it is one of ours. */
  frame({ index, offset }: StackFrame): TracedFrame | undefined {
    const contents = (this.#contents ??= readContents(this.#facts));
    const place = this.#placeOf(contents, index, offset + this.#facts.shift);
    if (place === undefined) return undefined;
    const frame = {
      function: safe(contents.names.get(place.index)),
      ...place,
      module: safe(contents.name),
      moduleIndex: this.#facts.moduleIndex,
      ...sourceOf(contents, place.offset),
    };
    const start = contents.module.code.ranges[(place.index - contents.importedFunctions) * 2];
    return { frame, atStart: place.offset === start };
  }

  #placeOf(contents: Contents, index: number, offset: number): { index: number; offset: number } | undefined {
    const { rewriting } = this.#facts;
    const { module, importedFunctions } = contents;
    const metered = 'offsetMap' in rewriting;
    const original = metered ? rewriting.offsetMap.originalFunction(index) : index;
    if (original === undefined || original < importedFunctions) return undefined;
    const at = original - importedFunctions;
    const start = module.code.ranges[at * 2];
    const end = module.code.ranges[at * 2 + 1];
    if (start === undefined || end === undefined) return undefined;
    if (!metered) return { index, offset: start + offset - (rewriting.bodyOffsets[at] as number) };
    if (end - start > MOST_BODY_BYTES) return { index: original, offset: start };
    const place = rewriting.offsetMap.originalPlace(index, offset);
    return place && { index: original, offset: place.offset };
  }
}

function readContents({ original, sourceMapOf }: TracedModuleFacts): Contents {
  const module = decodeModule(original);
  const custom = (name: string): Uint8Array | undefined =>
    module.customs.find((section) => section.name === name)?.bytes;
  const names = custom('name');
  return {
    module,
    name: moduleName(names),
    names: names === undefined ? new Map() : functionNames(names),
    importedFunctions: module.imports.filter(({ item }) => item.kind === 'func').length,
    findSource: sourcesOf(custom, original, sourceMapOf),
  };
}

function sourcesOf(
  custom: (name: string) => Uint8Array | undefined,
  original: Uint8Array,
  sourceMapOf: SourceMapOf | undefined,
): FindSource {
  const line = custom('.debug_line');
  if (line !== undefined) {
    const sections = { line, lineStrings: custom('.debug_line_str'), strings: custom('.debug_str') };
    const codeStart = codeStartOf(original);
    return (offset) => findLine(sections, offset - codeStart);
  }
  const url = custom('sourceMappingURL');
  if (url === undefined) return () => undefined;
  const map = sourceMapFrom(urlFrom(url), sourceMapOf);
  return (offset) => map?.(offset);
}

function urlFrom(section: Uint8Array): string {
  try {
    const reader = new ByteReader(section);
    return new TextDecoder().decode(reader.take(reader.u32()));
  } catch {
    return '';
  }
}

/** Where the contents of the code section start: DWARF counts from there. */
function codeStartOf(bytes: Uint8Array): number {
  const reader = new ByteReader(bytes);
  reader.take(8);
  while (reader.byte() !== SECTION.CODE) reader.take(reader.u32());
  reader.u32();
  return reader.position;
}

function sourceOf({ findSource }: Contents, offset: number): Pick<GuestFrame, 'file' | 'line' | 'column'> {
  const place = findSource(offset);
  return place === undefined ? {} : { ...place, file: printable(place.file) };
}

/** Names come from the guest: they must not do anything to a terminal or a log. */
function safe(name: string | undefined): string | undefined {
  return name === undefined ? undefined : printable(name);
}
