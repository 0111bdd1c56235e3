/**
 * What a component may need that lies beyond Preview 2, by the words that a refusal uses for it. A refusal for anything
 * else is no reason to skip a case.
 */
const FEATURES: [RegExp, string][] = [
  [/\basync|\bstream|\bfuture|waitable|subtask|\btask\b|backpressure|cancellable|callback|yield/i, 'async'],
  [/context\.[gs]et/i, 'async'],
  [/error-context/i, 'async'],
  [/\bthread/i, 'threads'],
  [/\bmap\b/i, 'proposal: map type'],
  [/fixed-(?:length|size)/i, 'proposal: fixed-length lists'],
  [/implements/i, 'proposal: implements'],
  [/external-id/i, 'proposal: external-id'],
  [
    /value (?:section|import|export|definition)|values as imports|\bvalues?\b/i,
    'proposal: values as imports, exports and definitions',
  ],
  [/shared-everything|\bshared\b/i, 'proposal: shared-everything threads'],
  [/\bgc\b/i, 'proposal: GC'],
  [/memory64|64-bit memor/i, 'proposal: memory64'],
];

/** Says which feature a refusal names; `undefined` where it is none that may be missing. */
export function skippableFeature(refusal: string): string | undefined {
  const feature = FEATURES.find(([pattern]) => pattern.test(refusal))?.[1];
  return feature === undefined ? undefined : `${feature}: ${refusal}`;
}
