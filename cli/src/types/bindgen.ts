import * as jco from '@bytecodealliance/jco-transpile/component';

// The build puts the code of the package above, and the modules that it loads, in the place of this file, as it does with
// `plugins-as/sdk/src/tools/wasm-tools.ts`.

/** Options of the generator of declarations. */
export interface TypeOptions {
  wit: { tag: 'source'; val: string } | { tag: 'binary'; val: Uint8Array };
  world?: string;
  features: { tag: 'list'; val: string[] };
  guest: boolean;
  tlaCompat: boolean;
  flagsAsBigint: boolean;
  variantsInlineCases: boolean;
  useNamespaceObjects: boolean;
  enumValuesScreamingSnakeCase: boolean;
}

/** Resolves once `generateTypes` can be called. */
export const ready: () => Promise<void> = () => jco.$init;

/** Returns the declarations of a world by the name of the file. @throws an object whose `payload` says why */
export const generateTypes: (name: string, options: TypeOptions) => [path: string, text: Uint8Array][] =
  jco.generateTypes;
