import type { Problem } from '@wasm-plugin/abi';
import type { LineCounter } from 'yaml';
import { isMap, isPair, isSeq, type Document } from 'yaml';

/** A part of a JSON path. */
type Step = string | number;

/** Finds the lines of a document's values by their JSON paths. */
export class Places {
  readonly #document: Document;
  readonly #lines: LineCounter;

  constructor(document: Document, lines: LineCounter) {
    this.#document = document;
    this.#lines = lines;
  }

  /** Writes a problem with its place: `12:5 $.limits.fuel is …`. Of what is missing, the place is that of its parent. */
  describe({ path, message }: Problem): string {
    const { line, col } = this.#lines.linePos(this.#offsetOf(stepsOf(path)));
    return `${line}:${col} ${path} ${message}`;
  }

  #offsetOf(steps: readonly Step[]): number {
    let node: unknown = this.#document.contents;
    let offset = 0;
    for (const step of steps) {
      const next = memberOf(node, step);
      if (next === undefined) break;
      offset = next.offset;
      node = next.node;
    }
    return offset;
  }
}

/** The member of a node, and where it begins: a member of an object at its key. */
function memberOf(node: unknown, step: Step): { node: unknown; offset: number } | undefined {
  if (isMap(node)) {
    const pair = node.items.find((item) => isPair(item) && String(item.key) === String(step));
    const offset = startOf(pair?.key);
    return pair === undefined || offset === undefined ? undefined : { node: pair.value, offset };
  }
  if (!isSeq(node) || typeof step !== 'number') return undefined;
  const item: unknown = node.items[step];
  const offset = startOf(item);
  return offset === undefined ? undefined : { node: item, offset };
}

function startOf(node: unknown): number | undefined {
  const { range } = (node ?? {}) as { range?: readonly number[] | null };
  return range?.[0];
}

/** Takes a path apart: `$.plugins["a.b"][2]`. */
function stepsOf(path: string): Step[] {
  const parts = path.matchAll(/\.([A-Za-z_$][\w$-]*)|\[(\d+)\]|\[("(?:[^"\\]|\\.)*")\]/g);
  return [...parts].map(([, name, index, text]) => {
    if (name !== undefined) return name;
    return index === undefined ? (JSON.parse(text as string) as string) : Number(index);
  });
}
