import { isAddress, type Manifest } from '@wasm-plugin/abi/manifest';
import { MANIFEST_FILE, type PluginFiles } from '@wasm-plugin/abi/package';
import { CliError } from '../cli-error.js';

/** Files at the top of a plugin for its users. */
const FOR_PEOPLE = /^(?:licen[cs]e|copying|notice|readme|changelog)(?:[._-][^/]*)?$/i;

/** A folder of licences, as REUSE has it. */
const LICENCES = /^licen[cs]es\//i;

/**
 * Chooses the files of a plugin's folder to pack: the manifest, the files that it runs, licences, a README, and those of
 * `include`.
 * @param include paths of files and folders
 * @throws {CliError} one of these files does not exist
 */
export async function selectFiles(
  files: PluginFiles,
  manifest: Manifest,
  include: readonly string[],
): Promise<string[]> {
  const there = await files.list();
  const wanted = new Set([MANIFEST_FILE]);
  for (const path of entriesOf(manifest)) {
    if (!there.includes(path))
      throw new CliError(`Cannot pack "${files.source}": it has no file "${path}", which its manifest runs`, {
        hint: 'Build it first: wasm-plugin build',
      });
    wanted.add(path);
  }
  for (const path of there) if (FOR_PEOPLE.test(path) || LICENCES.test(path)) wanted.add(path);
  for (const given of include) {
    const path = given.replace(/^\.\//, '').replace(/\/+$/, '');
    const found = there.filter((each) => each === path || each.startsWith(`${path}/`));
    if (found.length === 0)
      throw new CliError(`Cannot pack "${files.source}": it has no file or folder "${given}"`, {
        exitCode: 2,
        hint: 'What --include names is inside the plugin; names that begin with "." are left out',
      });
    for (const each of found) wanted.add(each);
  }
  return [...wanted].sort();
}

/** The paths of everything that a manifest can run. */
function entriesOf({ entry, platforms, fallbacks }: Manifest): string[] {
  const entries = [entry, ...platforms.map((each) => each.entry), ...fallbacks.map((each) => each.entry)];
  return entries
    .filter((each): each is string => each !== undefined && !isAddress(each))
    .map((each) => each.split('#')[0] as string);
}
