import { AbiError, printable } from '@wasm-plugin/abi';

/** Result of checking a component against a world. */
export interface Verdict {
  /** The full name of the world. */
  world: string;
  /** True if the component fits the world: if there are no problems. */
  fits: boolean;
  problems: Problem[];
  /** The name in the world that stands in for each name the component imports; the two may differ in version. */
  imports: Map<string, string>;
  /** The name the component exports for each export that the world wants; the two may differ in version. */
  exports: Map<string, string>;
}

/** One reason why a component does not fit a world. */
export interface Problem {
  /**
   * `undeclared`: the component has an import that the world lacks. `missing`: it lacks an export that the world wants.
   * `mismatch`: both have it, and the types differ.
   */
  kind: 'undeclared' | 'missing' | 'mismatch';
  direction: 'import' | 'export';
  /** The import as the component names it, or the export as the world does. */
  name: string;
  /** The way into the type, outermost first, e.g. ``["export `process`", "parameter `frames`"]``. */
  path: string[];
  /** Wanted item: of imports the component's, of exports the world's. */
  wanted: string;
  /** Found item, on the other side. */
  found: string;
  /** Advice about the problem. */
  advice: string;
}

/** Most problems in an error message. */
const MAX_TOLD = 10;

/** Returns a problem as a sentence. */
export function describeProblem(problem: Problem): string {
  return printable(sentence(problem));
}

function sentence(problem: Problem): string {
  const { direction, name, path, wanted, found, advice } = problem;
  const place = [`${direction} "${name}"`, ...path].join(', ');
  switch (problem.kind) {
    case 'undeclared':
      return `${place}: the world does not declare it; ${advice}`;
    case 'missing':
      return `${place}: the component does not have it; ${advice}`;
    case 'mismatch': {
      const [taker, giver] = direction === 'import' ? ['component', 'world'] : ['world', 'component'];
      return `${place}: the ${taker} wants ${wanted}, the ${giver} has ${found}; ${advice}`;
    }
  }
}

/** Makes the error for a component that does not fit. */
export function abiErrorFrom(verdict: Verdict, facts: { plugin?: string | undefined } = {}): AbiError {
  const told = verdict.problems.slice(0, MAX_TOLD).map(describeProblem);
  const more = verdict.problems.length - told.length;
  if (more > 0) told.push(`and ${more} more`);
  const text = told.length === 1 ? told[0] : told.map((line) => `\n  - ${line}`).join('');
  const message = `Cannot load the component: it does not fit the world "${verdict.world}": ${text}`;
  return new AbiError('WP_ABI_MISMATCH', message, facts);
}
