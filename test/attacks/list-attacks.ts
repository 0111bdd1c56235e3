import { readdir } from 'node:fs/promises';
import { testFolder } from '../wast/index.js';
import type { Attack } from './attack.js';

/** The built cases: each runs in a process of its own, also where a test lists them. */
const CASES = new URL('dist/attacks/cases/', testFolder());

/** Returns every attack: the `attacks` of all files in `cases`. */
export async function listAttacks(): Promise<Attack[]> {
  const files = (await readdir(CASES)).filter((name) => name.endsWith('.js')).sort();
  const modules = await Promise.all(
    files.map((name) => import(new URL(name, CASES).href) as Promise<{ attacks: Attack[] }>),
  );
  return modules.flatMap((module) => module.attacks);
}
