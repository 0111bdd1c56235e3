import { ERROR_CODES, PluginError, recoveryOf, type ErrorCode } from '@wasm-plugin/abi';
import { ERROR_HELP } from '@wasm-plugin/abi/error-help';
import type { Page } from './page.js';

/** The cure, in words. */
const RECOVERY = {
  call: 'Another call may succeed; the instance is as it was.',
  restart: 'Another instance of the same version may do better.',
  wait: 'The same again later may succeed.',
  change: 'Something has to be changed first; trying again gives the same error.',
};

/** One page for each error code, and one that lists them. */
export function* errorPages(): Generator<Page> {
  const codes = Object.keys(ERROR_CODES) as ErrorCode[];
  const rows = codes.map((code) => `| [\`${code}\`](./${code}.md) | ${ERROR_CODES[code]} |`);
  yield [
    'errors/index.md',
    `# Errors\n\nEvery error of wasm-plugin has a stable \`code\`. \`wasm-plugin explain CODE\` prints the same as its page here.\n\n| code | meaning |\n| --- | --- |\n${rows.join('\n')}\n`,
  ];
  for (const code of codes) {
    const { cause, cure } = ERROR_HELP[code];
    const recovery = RECOVERY[recoveryOf(new PluginError(code, ''))];
    yield [
      `errors/${code}.md`,
      `# ${code}\n\nMeaning: ${ERROR_CODES[code]}.\n\n## Cause\n\n${cause}\n\n## Cure\n\n${cure}\n\n## What a host can do\n\n${recovery} (\`recoveryOf(error)\` returns this as a word.)\n`,
    ];
  }
}
