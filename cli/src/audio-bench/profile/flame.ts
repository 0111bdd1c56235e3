import type { BlockProfile } from './cpu-profile.js';
import { samplesOf } from './stacks.js';

/** So many samples say which functions took the time. */
const ENOUGH = 200;

/** A function in a flame: the samples in it and in what it calls. */
export interface FlameNode {
  readonly name: string;
  samples: number;
  readonly children: FlameNode[];
}

/** The slowest blocks of a profile, by guest function. */
export interface Flame {
  readonly root: FlameNode;
  /** The slowest blocks that were taken together: one, if it alone has samples enough. */
  readonly blocks: number;
  readonly ofBlocks: number;
  /** The time of the slowest. */
  readonly slowestUs: number;
}

/** Puts the samples of the slowest blocks together, as many blocks as have enough of them. */
export function flameOf(profile: BlockProfile): Flame {
  const { startsUs, durationsUs } = profile;
  const byBlock = startsUs.map((): (readonly string[])[] => []);
  let at = 0;
  for (const { atUs, stack } of samplesOf(profile.cpuProfile)) {
    while (at < startsUs.length && atUs > (startsUs[at] ?? 0) + (durationsUs[at] ?? 0)) at++;
    if (at < startsUs.length && atUs >= (startsUs[at] ?? 0)) byBlock[at]?.push(stack);
  }
  const slowest = startsUs.map((_, index) => index);
  slowest.sort((a, b) => (durationsUs[b] ?? 0) - (durationsUs[a] ?? 0));
  const root: FlameNode = { name: 'block', samples: 0, children: [] };
  let blocks = 0;
  for (const index of slowest) {
    if (root.samples >= ENOUGH) break;
    blocks++;
    for (const stack of byBlock[index] ?? []) add(root, stack);
  }
  sort(root);
  return { root, blocks, ofBlocks: startsUs.length, slowestUs: durationsUs[slowest[0] ?? 0] ?? 0 };
}

function add(root: FlameNode, stack: readonly string[]): void {
  root.samples++;
  let node = root;
  for (const name of stack) {
    let child = node.children.find((each) => each.name === name);
    if (child === undefined) node.children.push((child = { name, samples: 0, children: [] }));
    child.samples++;
    node = child;
  }
}

function sort(node: FlameNode): void {
  node.children.sort((a, b) => b.samples - a.samples);
  node.children.forEach(sort);
}
