import { formatNs, formatShare } from '../format.js';
import { flameOf, type BlockProfile, type FlameNode } from '../profile/index.js';
import { escaped } from './escaped.js';

/** A narrower part of a flame is left out. */
const NARROWEST = 0.004;

/** Draws the slowest blocks by guest function: a bar a function, as wide as its share of the time, above what it calls. */
export function flameCard(profile: BlockProfile): string {
  const { root, blocks, ofBlocks, slowestUs } = flameOf(profile);
  if (root.samples === 0) return '';
  const which = blocks === 1 ? 'The slowest block' : `The ${blocks} slowest blocks`;
  const caption = `${which} of ${ofBlocks.toLocaleString('en')} (the slowest took ${formatNs(slowestUs * 1000)} under the profiler), ${root.samples} samples. A bar is as wide as the time in a function and in what it calls.`;
  return `<section class="card wide"><h2>The slowest blocks by function</h2><p class="soft">${escaped(caption)}</p><div class="flame">${bar(root, root.samples)}</div></section>`;
}

function bar(node: FlameNode, all: number): string {
  const share = formatShare(node.samples / all);
  const name = escaped(node.name);
  const parts = node.children
    .filter(({ samples }) => samples / all >= NARROWEST)
    .map(
      (child) =>
        `<div style="width:${((100 * child.samples) / node.samples).toFixed(2)}%">${bar(child, all)}</div>`,
    );
  return `<b title="${name}: ${share}">${name} <span>${share}</span></b>${parts.length === 0 ? '' : `<div class="row">${parts.join('')}</div>`}`;
}
