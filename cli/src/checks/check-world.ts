import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { readComponent } from '../component/index.js';
import { componentReport } from '../inspect/index.js';
import { Skip } from './check.js';

const SNAPSHOT = 'test/world.wit';
const MOST_LINES = 20;

/** Compares the world of a component with the one that is kept, or keeps it. */
export function checkWorld(
  folder: string,
  { component, update }: { component: string; update: boolean },
): void {
  const path = join(folder, SNAPSHOT);
  const wit = `${componentReport(readComponent(component)).wit.trimEnd()}\n`;
  if (update) {
    mkdirSync(dirname(path), { recursive: true });
    writeFileSync(path, wit);
    return;
  }
  const kept = readIfThere(path);
  if (kept === undefined) throw new Skip('there is none; --update writes it');
  if (kept === wit) return;
  const [before, after] = [kept, wit].map((text) => text.split('\n'));
  const lines = [
    ...without(before as string[], after as string[]).map((line) => `- ${line.trim()}`),
    ...without(after as string[], before as string[]).map((line) => `+ ${line.trim()}`),
  ];
  const more = lines.length > MOST_LINES ? [`and ${lines.length - MOST_LINES} more lines`] : [];
  const shown = lines.length === 0 ? ['its lines stand in another order'] : lines.slice(0, MOST_LINES);
  throw new Error(`it has changed; --update keeps the new one\n${[...shown, ...more].join('\n')}`);
}

function readIfThere(path: string): string | undefined {
  try {
    return readFileSync(path, 'utf8').replaceAll('\r\n', '\n');
  } catch {
    return undefined;
  }
}

/** The lines of one text that another one has less often. */
function without(lines: readonly string[], others: readonly string[]): string[] {
  const left = new Map<string, number>();
  for (const line of others) left.set(line, (left.get(line) ?? 0) + 1);
  return lines.filter((line) => {
    const count = left.get(line) ?? 0;
    left.set(line, count - 1);
    return count <= 0;
  });
}
