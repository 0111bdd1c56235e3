import type { WitFile } from '@wasm-plugin/as/wit';
import { CliError } from '../cli-error.js';
import { nearest } from '../terminal/index.js';

/** Features whose gated items are included; `all` includes every item. */
export type Features = readonly string[] | 'all';

const COMMENT = /\/\/[^\n]*|\/\*[^]*?\*\//g;
const GATE = /@unstable\s*\(\s*feature\s*=\s*%?([A-Za-z0-9-]+)\s*\)/g;

/** Lists the features that items of some files are gated by: `@unstable(feature = name)`. */
export function featuresOf(files: readonly WitFile[]): string[] {
  const named = files.flatMap(({ text }) =>
    [...text.replaceAll(COMMENT, ' ').matchAll(GATE)].map((match) => match[1] as string),
  );
  return [...new Set(named)].sort();
}

/**
 * Refuses a feature that gates nothing: it is mistyped.
 * @throws {CliError} exit code 2
 */
export function refuseUnknown(wanted: Features, known: readonly string[]): void {
  const other = wanted === 'all' ? undefined : wanted.find((each) => !known.includes(each));
  if (other === undefined) return;
  const close = nearest(other, known);
  throw new CliError(`Cannot use the feature "${other}": nothing in the WIT is gated by it`, {
    exitCode: 2,
    hint:
      known.length === 0
        ? 'The WIT has no item with @unstable(feature = …)'
        : `${close.length > 0 ? 'Did you mean' : 'It has'} ${(close.length > 0 ? close : known).map((each) => `"${each}"`).join(', ')}${close.length > 0 ? '?' : ''}`,
  });
}
