import * as tools from '@bytecodealliance/jco-transpile/wasm-tools';

// The build puts the code of the package above, and the modules that it loads, in the place of this file: installed whole, the package
// brings 98 MB that are not needed. See "Why are parts of jco in our packages?" in RATIONALE.md.

/** A core module, or none, that is to bear the type of a world. */
export interface EmbedOptions {
  binary?: Uint8Array;
  /** True if a module of no use is made in place of `binary`. @default false */
  dummy?: boolean;
  witSource: string;
  world?: string;
  features?: { tag: 'all' } | { tag: 'list'; val: string[] };
  stringEncoding?: 'utf8' | 'utf16' | 'compact-utf16';
}

/** Returns a core module with the type of its world in a custom section. */
export const componentEmbed: (options: EmbedOptions) => Promise<Uint8Array> = tools.componentEmbed;

/** Makes a component of a core module that has the type of its world in a custom section. */
export const componentNew: (
  module: Uint8Array,
  adapters: [name: string, adapter: Uint8Array][],
) => Promise<Uint8Array> = tools.componentNew;
