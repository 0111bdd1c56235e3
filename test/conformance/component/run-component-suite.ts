import { CachedWatEncoder, readScript } from '../../wast/index.js';
import { encodeModules, failed, listScripts, probeV8, readScriptFile } from '../suite/index.js';
import type { CaseOutcome, CaseResult } from '../suite/index.js';
import { ComponentScript } from './component-script.js';
import type { ComponentTarget } from './component-target.js';

/**
 * Runs the component scripts whose names `selects` takes; each directive is a case. It passes when it ends against every
 * target as the script wants it.
 */
export async function runComponentSuite(
  targets: readonly ComponentTarget[],
  selects: (script: string) => boolean = () => true,
): Promise<CaseResult[]> {
  const encoder = new CachedWatEncoder();
  const results: CaseResult[] = [];
  try {
    const gaps = await probeV8(encoder);
    for (const name of (await listScripts('component')).filter(selects)) {
      const file = await readScriptFile('component', name);
      const directives = readScript(file.text);
      const bytes = await encodeModules(directives, encoder);
      const scripts = targets.map((target) => ({ target, script: new ComponentScript(target, bytes, gaps) }));
      for (const directive of directives) {
        const outcomes: CaseOutcome[] = [];
        for (const { target, script } of scripts)
          outcomes.push(named(await script.run(directive), target.name));
        results.push({ folder: file.folder, case: `${name}:${directive.line}`, ...worstOf(outcomes) });
      }
    }
  } finally {
    await encoder.close();
  }
  return results;
}

function named(outcome: CaseOutcome, target: string): CaseOutcome {
  return outcome.outcome === 'failed' ? failed(`${target}: ${outcome.reason}`) : outcome;
}

function worstOf(outcomes: CaseOutcome[]): CaseOutcome {
  const [first] = outcomes;
  if (first === undefined) return failed('there is no target');
  return (
    outcomes.find(({ outcome }) => outcome === 'failed') ??
    outcomes.find(({ outcome }) => outcome === 'skipped') ??
    first
  );
}
