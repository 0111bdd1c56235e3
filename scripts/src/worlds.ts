import { join } from 'node:path';
import { encodeWorld, readWit } from '@wasm-plugin/as';
import { ROOT } from './guests.js';

const WIT = join(ROOT, 'abi/wit');
const WORLDS = [
  { constant: 'PLUGIN_WORLD', world: 'plugin', what: 'a plugin of any kind' },
  { constant: 'AUDIO_EFFECT_WORLD', world: 'audio-effect', what: 'a plugin that turns audio into audio' },
  { constant: 'MUSIC_SOURCE_WORLD', world: 'music-source', what: 'a plugin that offers music' },
  { constant: 'CODEC_WORLD', world: 'codec', what: 'a plugin that decodes audio' },
  { constant: 'PLAYER_WORLD', world: 'player', what: 'a plugin that plays songs' },
  {
    constant: 'UI_EXTENSION_WORLD',
    world: 'ui-extension',
    what: 'a plugin that adds to the interface of its host',
  },
];
const LINE = 100;

/** The generated file, relative to the root. */
export const WORLDS_FILE = 'abi/src/worlds.ts';

/** The text of `abi/src/worlds.ts` as `abi/wit` wants it. */
export async function worldsModule(): Promise<string> {
  const wit = readWit(WIT);
  const constants = await Promise.all(
    WORLDS.map(async ({ constant, world, what }) => {
      const text = Buffer.from(await encodeWorld({ wit, world })).toString('base64');
      const lines = text.match(new RegExp(`.{1,${LINE}}`, 'g')) ?? [];
      const doc = `/** The world \`${world}\`, encoded: ${what}. For \`createEngine({ world })\`. */`;
      const chunks = lines.map((line) => `  '${line}',`).join('\n');
      return `${doc}\nexport const ${constant}: Uint8Array = /* @__PURE__ */ decode([\n${chunks}\n]);\n`;
    }),
  );
  return `${HEAD}${constants.join('\n')}${TAIL}`;
}

const HEAD = `/** The worlds of \`abi/wit\`. Made by \`npm run build:worlds\`; not to be edited. */

`;

const TAIL = `
function decode(base64: readonly string[]): Uint8Array {
  return Uint8Array.from(atob(base64.join('')), (character) => character.charCodeAt(0));
}
`;
