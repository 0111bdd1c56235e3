import { CachedWatEncoder, readScript } from '../../wast/index.js';
import { encodeModules, failed, skipped, listScripts, probeV8, readScriptFile } from '../suite/index.js';
import type { CaseOutcome, CaseResult } from '../suite/index.js';
import type { CoreModules } from './core-modules.js';
import { CoreScript } from './core-script.js';
import type { CoreCase } from './core-script.js';
import type { CoreVariant } from './core-variant.js';

/**
 * Runs the core scripts whose names `selects` takes, each in every variant. A case passes when it ends as the script
 * wants it, and in the same way in each variant.
 */
export async function runCoreSuite(
  variants: readonly CoreVariant[],
  selects: (script: string) => boolean = () => true,
): Promise<CaseResult[]> {
  const encoder = new CachedWatEncoder();
  const results: CaseResult[] = [];
  try {
    const gaps = await probeV8(encoder);
    for (const name of (await listScripts('core')).filter(selects)) {
      const file = await readScriptFile('core', name);
      const directives = readScript(file.text);
      const bytes = await encodeModules(directives, encoder);
      const modules: CoreModules = { bytes, gapFor: (source, refusal) => gaps.reasonFor(source, refusal) };
      const scripts = variants.map((variant) => new CoreScript(variant, modules));
      for (const directive of directives) {
        const endings = scripts.map((script) => script.run(directive));
        const outcome = agreed(endings, variants);
        if (outcome !== undefined) {
          results.push({ folder: file.folder, case: `${name}:${directive.line}`, ...outcome });
        }
      }
    }
  } finally {
    await encoder.close();
  }
  return results;
}

/** Joins how a case ended in each variant. */
function agreed(
  endings: (CoreCase | undefined)[],
  variants: readonly CoreVariant[],
): CaseOutcome | undefined {
  const [first, ...others] = endings;
  if (first === undefined) return undefined;
  const { ending, ...outcome } = first;
  if (outcome.outcome !== 'passed') return outcome;
  for (const [index, other] of others.entries()) {
    const name = variants[index + 1]?.name ?? '';
    if (other?.outcome === 'skipped') return skipped(`${name}: ${other.reason}`);
    if (other?.outcome !== 'passed') return failed(`${name}: ${other?.reason ?? 'not run'}`);
    if (kindOf(other.ending) !== kindOf(ending)) return failed(`${name}: ended in another way`);
  }
  return outcome;
}

function kindOf(ending: CoreCase['ending']): string | undefined {
  return ending === undefined || ending.kind === 'returned'
    ? ending?.kind
    : `${ending.kind}: ${ending.message}`;
}
