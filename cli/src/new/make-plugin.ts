import { existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { basename, dirname, join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { CliError } from '../cli-error.js';
import { fileError } from '../component/index.js';
import { witOf } from '../build/index.js';
import { jsonFiles } from './json-files.js';
import { problemOfName } from './names.js';
import { LANGUAGES, WORLDS, type Language, type Wanted } from './wanted.js';

const TEMPLATES = fileURLToPath(new URL('../../templates/', import.meta.url));
const SUFFIX = '.tmpl';

/** The files and facts of a new plugin. */
export interface MadePlugin {
  id: string;
  /** Relative to the folder. */
  files: string[];
  /** The user's next step, for people. */
  next: string;
}

/**
 * Makes the folder of a plugin.
 * @throws {CliError} the name is none, or the folder holds files already
 */
export function makePlugin({ folder, language, world, id: wantedId }: Wanted): MadePlugin {
  const name = basename(resolve(folder));
  const problem = problemOfName(name);
  if (problem !== undefined) {
    throw new CliError(`Cannot make a plugin called "${name}": ${problem}`, { exitCode: 2 });
  }
  if (existsSync(folder) && readdirSync(folder).length > 0) {
    throw new CliError(`Cannot make a plugin in "${folder}": it holds files already`);
  }
  const { name: languageName, worlds, setup }: Language = LANGUAGES[language];
  if (!worlds.includes(world)) {
    throw new CliError(
      `Cannot make a plugin in ${languageName} of the world "${world}": there is no template`,
      {
        exitCode: 2,
        hint: `There is ${worlds.map((each) => `--world ${each}`).join(', ')}`,
      },
    );
  }
  const id = wantedId ?? `com.example.${name}`;
  const worldName = world === 'own' ? `acme:${name}/${name}` : `wasm-plugin:abi/${world}`;
  const words = {
    name,
    id,
    world: worldName,
    languageName,
    header: name.replaceAll('-', '_'),
    setup: setup.map((line) => `${line}\n`).join(''),
  };
  const files = new Map([
    ...templatesIn('common').filter(([path]) => !path.endsWith('.test.js')),
    ...templatesIn('common')
      .filter(([path]) => path === `${world}.test.js`)
      .map(([, text]): [string, string] => ['test/plugin.test.js', text]),
    ...templatesIn(language).filter(([path]) => !WORLDS.some((each) => path.startsWith(`${each}/`))),
    ...templatesIn(join(language, world)),
    ...(world === 'own' ? templatesIn('world/own').map(inWit) : abiWit().map(inWit)),
    ...jsonFiles({ name, id, world: worldName, language, hasState: world !== 'own' }),
  ]);
  for (const [path, text] of files) write(join(folder, path), filled(text, words));
  const next = ['npm install', ...setup, 'npm run build', 'npm test', 'npm run dev'];
  return {
    id,
    files: [...files.keys()].sort(),
    next: [`Next:`, `  cd ${folder}`, ...next.map((each) => `  ${each}`)].join('\n'),
  };
}

/** The files of a folder of templates: their paths and texts. npm would leave out a file called `.gitignore`. */
function templatesIn(folder: string): [path: string, text: string][] {
  return readdirSync(join(TEMPLATES, folder), { recursive: true, encoding: 'utf8' })
    .filter((path) => path.endsWith(SUFFIX))
    .map((path) => [
      path
        .slice(0, -SUFFIX.length)
        .replaceAll('\\', '/')
        .replace(/^gitignore$/, '.gitignore'),
      readFileSync(join(TEMPLATES, folder, path), 'utf8'),
    ]);
}

/** The WIT of the ABI is copied: other tools, such as wit-bindgen, look for it in the folder. */
function abiWit(): [string, string][] {
  const { wit } = witOf(TEMPLATES, 'plugin');
  return readdirSync(wit)
    .filter((file) => file.endsWith('.wit'))
    .map((file) => [file, readFileSync(join(wit, file), 'utf8')]);
}

function inWit([path, text]: [string, string]): [string, string] {
  return [`wit/${path}`, text];
}

function filled(text: string, words: Readonly<Record<string, string>>): string {
  return text.replaceAll(/\{\{(\w+)\}\}/g, (whole, word: string) => words[word] ?? whole);
}

function write(path: string, text: string): void {
  try {
    mkdirSync(dirname(path), { recursive: true });
    writeFileSync(path, text);
  } catch (error) {
    throw fileError('write', path, error);
  }
}
