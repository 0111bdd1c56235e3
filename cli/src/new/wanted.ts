/** The languages that there are templates for. */
export const LANGUAGES = ['assemblyscript', 'rust', 'javascript'] as const;

/** The worlds that there are templates for: one of the plugin's own, and that of `wasm-plugin:abi`. */
export const WORLDS = ['own', 'plugin'] as const;

/** What `wasm-plugin new` makes. */
export interface Wanted {
  folder: string;
  language: (typeof LANGUAGES)[number];
  world: (typeof WORLDS)[number];
  /** @default `com.example.` and the name of the folder */
  id: string | undefined;
}

/** What is said of it so far. */
export type Said = { [Key in keyof Wanted]?: Wanted[Key] | undefined };
