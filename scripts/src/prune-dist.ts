import { existsSync, readdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';

/** Removes from the folder `dist` of a package what the compiler once wrote for sources that are no longer there. */
export function pruneDist(folder: string, { isBundled }: { isBundled: boolean }): void {
  const dist = join(folder, 'dist');
  if (!existsSync(dist)) return;
  for (const name of readdirSync(dist, { recursive: true, encoding: 'utf8' })) {
    const [, stem] = /^(.*?)(?:\.d\.ts|\.js)(?:\.map)?$/.exec(name) ?? [];
    if (stem === undefined || existsSync(join(folder, 'src', `${stem}.ts`))) continue;
    // The chunks of a bundle have names of their own; the bundler removes those that it does not write.
    if (!isBundled || /\.d\.ts(?:\.map)?$/.test(name)) rmSync(join(dist, name));
  }
}
