import { CachedTextEncoder, readScript } from '../../wast/index.js';
import type { CaseResult } from '../case-result.js';
import { encodeModules } from '../module-bytes.js';
import { listScripts, readScriptFile } from '../script-files.js';
import { ComponentScript } from './component-script.js';
import type { ComponentTarget } from './component-target.js';

/** Runs the component scripts whose names `selects` takes; each directive is a case. */
export async function runComponentSuite(
  target: ComponentTarget,
  selects: (script: string) => boolean = () => true,
): Promise<CaseResult[]> {
  const encoder = new CachedTextEncoder();
  const results: CaseResult[] = [];
  try {
    for (const name of (await listScripts('component')).filter(selects)) {
      const file = await readScriptFile('component', name);
      const directives = readScript(file.text);
      const script = new ComponentScript(target, await encodeModules(directives, encoder));
      for (const directive of directives) {
        const outcome = await script.run(directive);
        results.push({ folder: file.folder, case: `${name}:${directive.line}`, ...outcome });
      }
    }
  } finally {
    await encoder.close();
  }
  return results;
}
