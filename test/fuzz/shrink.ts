import { leb, readLeb } from './leb.js';
import { joinSections, splitSections, type Section } from './sections.js';

const COMPONENT = { custom: 0, coreModule: 1 };
const CORE = { custom: 0, start: 8, code: 10, data: 11, dataCount: 12 };

/** A body of no locals that only traps. */
const TRAP_BODY = [3, 0, 0x00, 0x0b];

/**
 * Empties the core modules of a component: bodies trap, data and custom sections go. The decoder, the validator and the linker
 * read all of the rest, so mutations hit them, and no guest code can run for long.
 */
export function shrink(component: Uint8Array): Uint8Array {
  const { preamble, sections } = splitSections(component);
  const kept = sections.filter((section) => section.id !== COMPONENT.custom);
  return joinSections(
    preamble,
    kept.map((section) =>
      section.id === COMPONENT.coreModule ? { ...section, bytes: emptyModule(section.bytes) } : section,
    ),
  );
}

function emptyModule(module: Uint8Array): Uint8Array {
  const { preamble, sections } = splitSections(module);
  const dropped = new Set([CORE.custom, CORE.start, CORE.data, CORE.dataCount]);
  return joinSections(
    preamble,
    sections
      .filter((section) => !dropped.has(section.id))
      .map((section) => (section.id === CORE.code ? emptyBodies(section) : section)),
  );
}

function emptyBodies(section: Section): Section {
  const { value: count } = readLeb(section.bytes, 0);
  const bodies = Array.from({ length: count }, () => TRAP_BODY).flat();
  return { id: section.id, bytes: Uint8Array.from([...leb(count), ...bodies]) };
}
