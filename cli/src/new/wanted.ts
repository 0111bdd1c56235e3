/** A language that there are templates for. */
export interface Language {
  /** Its name for people. */
  readonly name: string;
  /** Tools and size of its plugins, in a few words. */
  readonly hint: string;
  /** The worlds that there are templates for. */
  readonly worlds: readonly World[];
  /** Packages that it needs. */
  readonly packages: (own: string) => Readonly<Record<string, string>>;
  /** Commands beside "npm install" that install its tools. */
  readonly setup: readonly string[];
}

/** A world that there are templates for: one of the plugin's own, or one of `wasm-plugin:abi`. */
export type World = (typeof WORLDS)[number];

export const WORLDS = ['own', 'plugin', 'audio-effect'] as const;

/** The languages, by their names on the command line. */
export const LANGUAGES = {
  assemblyscript: {
    name: 'AssemblyScript',
    hint: 'needs only npm; a few kB',
    worlds: WORLDS,
    packages: (own) => ({ '@wasm-plugin/as': own, assemblyscript: '0.28.20' }),
    setup: [],
  },
  rust: {
    name: 'Rust',
    hint: 'needs cargo; 5 to 30 kB',
    worlds: WORLDS,
    packages: (own) => ({ '@wasm-plugin/rust': own }),
    setup: ['rustup target add wasm32-unknown-unknown'],
  },
  c: {
    name: 'C',
    hint: 'needs clang and wit-bindgen; a few kB',
    worlds: WORLDS,
    packages: () => ({}),
    setup: ['cargo install wit-bindgen-cli --no-default-features --features c'],
  },
  javascript: {
    name: 'JavaScript',
    hint: 'needs Node 22; about 1 MB',
    worlds: ['own', 'plugin'],
    packages: () => ({ 'componentize-qjs': '^0.4.5' }),
    setup: [],
  },
  typescript: {
    name: 'TypeScript',
    hint: 'needs Node 22; about 1 MB',
    worlds: ['own', 'plugin'],
    packages: () => ({ 'componentize-qjs': '^0.4.5', esbuild: '^0.28.0', typescript: '^7.0.2' }),
    setup: [],
  },
  python: {
    name: 'Python',
    hint: 'needs Node 22 and Python 3; about 18 MB',
    worlds: ['own', 'plugin'],
    packages: () => ({}),
    setup: ['python3 -m venv .venv', '.venv/bin/pip install -r requirements.txt'],
  },
} as const satisfies Readonly<Record<string, Language>>;

/** The name of a language on the command line. */
export type LanguageName = keyof typeof LANGUAGES;

export const LANGUAGE_NAMES = Object.keys(LANGUAGES) as LanguageName[];

/** Choices for the plugin that `wasm-plugin new` makes. */
export interface Wanted {
  folder: string;
  language: LanguageName;
  world: World;
  /** @default `com.example.` and the name of the folder */
  id: string | undefined;
}

/** Choices made so far. */
export type Said = { [Key in keyof Wanted]?: Wanted[Key] | undefined };
