import { ENGINE_VERSION } from '@wasm-plugin/engine/host';
import { LANGUAGES, type Wanted } from './wanted.js';

/** Arguments of `jsonFiles`. */
export interface JsonFacts {
  name: string;
  id: string;
  world: string;
  language: Wanted['language'];
  hasState: boolean;
}

const OWN = `^${ENGINE_VERSION}`;

/** The manifest and the `package.json` of a new plugin. */
export function jsonFiles({
  name,
  id,
  world,
  language,
  hasState,
}: JsonFacts): [path: string, text: string][] {
  const manifest = {
    id,
    name,
    version: '1.0.0',
    world,
    entry: 'plugin.wasm',
    ...(hasState && {
      permissions: [
        { capability: 'log', reason: 'to say what it does' },
        { capability: 'config', reason: 'to read its settings' },
      ],
      state: { schema: 1 },
    }),
  };
  const npm = {
    name,
    version: '1.0.0',
    private: true,
    type: 'module',
    scripts: {
      build: 'wasm-plugin build',
      test: 'wasm-plugin test',
      dev: `wasm-plugin dev .${hasState ? ' --grant log --grant config' : ''}`,
    },
    devDependencies: { ...LANGUAGES[language].packages(OWN), vitest: '^4.1.0', 'wasm-plugin': OWN },
  };
  return [
    ['plugin.json', `${JSON.stringify(manifest, null, 2)}\n`],
    ['package.json', `${JSON.stringify(npm, null, 2)}\n`],
  ];
}
