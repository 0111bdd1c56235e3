/** The generated file, relative to the root. */
export declare const WORLDS_FILE = "abi/src/worlds.ts";
/** The text of `abi/src/worlds.ts` as `abi/wit` wants it. */
export declare function worldsModule(): Promise<string>;
