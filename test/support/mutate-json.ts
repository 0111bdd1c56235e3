import type { Random } from './random.js';

const VALUES: unknown[] = [
  null,
  true,
  0,
  -1,
  1.5,
  4_294_967_296,
  '',
  'x',
  '1.0.0',
  '^1',
  '*',
  [],
  {},
  ['a', 'a'],
  { a: 1 },
];

type Container = Record<string, unknown> | unknown[];

/** Changes one random place of a JSON value. */
export function mutateJson(value: unknown, random: Random): unknown {
  const copy = structuredClone(value);
  let at = copy as Container;
  for (;;) {
    const keys = Object.keys(at);
    const key = keys[random.below(keys.length)];
    const target = at as Record<string, unknown>;
    const inner = key === undefined ? undefined : target[key];
    if (typeof inner === 'object' && inner !== null && Object.keys(inner).length > 0 && random.below(3) > 0) {
      at = inner as Container;
      continue;
    }
    const kind = random.below(4);
    if (key === undefined || kind === 0) {
      if (Array.isArray(at)) at.push(VALUES[random.below(VALUES.length)]);
      else
        target[['type', 'items', 'os', 'x', '$ref', 'minimum'][random.below(6)] as string] =
          VALUES[random.below(VALUES.length)];
    } else if (kind === 1 && !Array.isArray(at)) delete target[key];
    else target[key] = VALUES[random.below(VALUES.length)];
    return copy;
  }
}
