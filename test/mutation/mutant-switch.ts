import { appendFileSync, readFileSync } from 'node:fs';

/** Copied into the changed sources, with the folder in the place of this word. Threads and children read the same files. */
const FOLDER = 'MUTATION_FOLDER';

/** The number of the mutant that is on, or `log`: none is, and who reaches which is written down. */
const active = readFileSync(`${FOLDER}/active`, 'utf8');
const number = Number(active);
const reached = new Set<string>();

/** Returns whether a mutant is on. */
export function mutant(id: number): boolean {
  if (active === 'log') log(id);
  return id === number;
}

function log(id: number): void {
  const line = `${id} ${readFileSync(`${FOLDER}/current-test`, 'utf8')}\n`;
  if (reached.has(line)) return;
  reached.add(line);
  appendFileSync(`${FOLDER}/reached`, line);
}
