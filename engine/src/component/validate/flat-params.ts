import type { Layout } from '../layout/index.js';

/** Returns the core types of parameters; `undefined` where there are more than `most`, so that they go through memory. */
export function flatParams(layouts: readonly Layout[], most: number): string[] | undefined {
  const params: string[] = [];
  for (const { flat } of layouts) {
    if (flat === undefined || params.length + flat.length > most) return undefined;
    params.push(...flat);
  }
  return params;
}
