import type { CpuProfile, ProfileNode } from './cpu-profile.js';

/** A sample: when it was taken, and the functions on the stack, outermost first. */
export interface Sample {
  readonly atUs: number;
  readonly stack: readonly string[];
}

/** Name of the time that no guest function takes. */
export const ENGINE = 'engine and JavaScript';

/** Reads the samples of a profile. Of the stack the guest's functions remain; without one it is the engine's, or V8's own work. */
export function samplesOf({ nodes, startTime, samples = [], timeDeltas = [] }: CpuProfile): Sample[] {
  const byId = new Map(nodes.map((node) => [node.id, node]));
  const parents = new Map(nodes.flatMap(({ id, children = [] }) => children.map((child) => [child, id])));
  const known = new Map<number, readonly string[]>();
  let atUs = startTime;
  return samples.map((id, index) => {
    atUs += timeDeltas[index] ?? 0;
    let stack = known.get(id);
    if (stack === undefined) known.set(id, (stack = stackOf(id, { byId, parents })));
    return { atUs, stack };
  });
}

function stackOf(
  id: number,
  { byId, parents }: { byId: ReadonlyMap<number, ProfileNode>; parents: ReadonlyMap<number, number> },
): string[] {
  const frames: ProfileNode['callFrame'][] = [];
  for (let at: number | undefined = id; at !== undefined; at = parents.get(at)) {
    const node = byId.get(at);
    if (node !== undefined) frames.unshift(node.callFrame);
  }
  const guest = frames.filter(({ url }) => url.startsWith('wasm://')).map(({ functionName }) => functionName);
  const last = frames.at(-1);
  if (last?.functionName === '(garbage collector)') return [...guest, 'garbage collection'];
  return guest.length === 0 ? [ENGINE] : guest;
}
