/** The place and the reason for which one type does not stand in for another. */
export interface Mismatch {
  /** The way into the type, outermost first, e.g. ``["export `f`", "parameter `x`"]``. */
  path: string[];
  wanted: string;
  found: string;
}

/** Returns `mismatch` as seen from one level further out. */
export function within(step: string, mismatch: Mismatch | undefined): Mismatch | undefined {
  mismatch?.path.unshift(step);
  return mismatch;
}

/** Returns a mismatch as a sentence. */
export function describeMismatch(mismatch: Mismatch): string {
  const { path, wanted, found } = mismatch;
  const where = path.length === 0 ? '' : `type mismatch in ${path.join(', ')}: `;
  return `${where}expected ${wanted}, found ${found}`;
}
