import type { CoreModule, CustomSection } from '../../module/index.js';
import { BRANCH_HINT_SECTION } from './branch-hints.js';
import { renameSection } from './name-section.js';

const STALE = /^(\.debug_|reloc\.|metadata\.code\.|sourceMappingURL$|external_debug_info$|linking$)/;

/**
 * A pass over the custom sections of a module whose code was rewritten: sections with code offsets go (they are wrong now; the
 * original keeps them, and the offset map leads there), names gain our functions and lose the labels, branch hints are
 * replaced, and everything else stays.
 */
export function rewriteCustomSections(
  module: Pick<CoreModule, 'customs'>,
  standIns: ReadonlyMap<number, number>,
  hints: CustomSection | undefined,
): readonly CustomSection[] {
  const customs: CustomSection[] = [];
  const standInOf = new Map([...standIns].map(([index, original]) => [original, index]));
  for (const custom of module.customs) {
    if (custom.name === BRANCH_HINT_SECTION || STALE.test(custom.name)) continue;
    if (custom.name !== 'name') {
      customs.push(custom);
      continue;
    }
    const bytes = renameSection(custom.bytes, standInOf);
    if (bytes !== undefined) customs.push({ ...custom, bytes });
  }
  if (hints !== undefined) customs.push(hints);
  return customs;
}
