import { readdir } from 'node:fs/promises';
import type { Attack } from './attack.js';

const CASES = new URL('cases/', import.meta.url);

/** Returns every attack: the `attacks` of all files in `cases`. */
export async function listAttacks(): Promise<Attack[]> {
  const files = (await readdir(CASES)).filter((name) => name.endsWith('.js')).sort();
  const modules = await Promise.all(
    files.map((name) => import(new URL(name, CASES).href) as Promise<{ attacks: Attack[] }>),
  );
  return modules.flatMap((module) => module.attacks);
}
