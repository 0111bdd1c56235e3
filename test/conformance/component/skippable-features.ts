/**
 * Features beyond Preview 2 that a component may need, by the words of their refusals. Any other refusal is no reason to skip a
 * case.
 */
const FEATURES: [RegExp, string][] = [
  [
    /\basync|\bstream|\bfuture|waitable|subtask|\btask\.|backpressure|cancellable|callback|thread\.yield/,
    'async',
  ],
  [/\bcontext\.[gs]et|error-context/, 'async'],
  [/\bthread/, 'threads'],
  [/\bwait on the stack/, 'async'],
  [/\bfixed-length list/, 'proposal: fixed-length lists'],
  [/\b(?:import or export|definition|alias) of a value|\bstart function with/, 'proposal: values'],
  [/\bversion suffix\b/, 'proposal: version suffixes'],
  [/\bGC proposal\b|canonical option (?:gc|core-type)/, 'proposal: GC'],
];

/** Returns the feature that a refusal names; `undefined` if a target must have it. */
export function skippableFeature(refusal: string): string | undefined {
  const feature = FEATURES.find(([pattern]) => pattern.test(refusal))?.[1];
  return feature === undefined ? undefined : `${feature}: ${refusal}`;
}
