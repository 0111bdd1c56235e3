import { PluginError } from '../errors.js';
import { pathProblem } from '../package/index.js';

/** The name of the file in a plugin that lists its other files with their SHA-256, as `sha256sum` does. */
export const CHECKSUMS_FILE = 'SHA256SUMS';

/** The name of the signature over that list, as minisign names it. */
export const SIGNATURE_FILE = 'SHA256SUMS.minisig';

const MOST_BYTES = 2 ** 24;

/** Writes a list of checksums that `sha256sum -c` takes. The same files give the same text. */
export function checksumsText(sums: ReadonlyMap<string, string>): string {
  const paths = [...sums.keys()].sort();
  return paths.map((path) => `${sums.get(path)}  ${path}\n`).join('');
}

/**
 * Reads a list of checksums: hexadecimal digits by path.
 * @param source names the plugin in messages
 * @throws {PluginError} WP_PACKAGE for a text that is no such list
 */
export function parseChecksums(bytes: Uint8Array, source: string): Map<string, string> {
  const sums = new Map<string, string>();
  if (bytes.length > MOST_BYTES)
    throw malformed(source, `its ${CHECKSUMS_FILE} is larger than ${MOST_BYTES} bytes`);
  const lines = new TextDecoder().decode(bytes).split('\n');
  if (lines.pop() !== '' || lines.length === 0)
    throw malformed(source, `its ${CHECKSUMS_FILE} is cut off or empty`);
  for (const [index, line] of lines.entries()) {
    const [, sum, path] = /^([0-9a-f]{64}) [ *](.+)$/.exec(line) ?? [];
    const problem =
      sum === undefined || path === undefined
        ? 'is not a SHA-256, two spaces and a path'
        : sums.has(path)
          ? 'names a path a second time'
          : pathProblem(path);
    if (problem !== undefined)
      throw malformed(source, `line ${index + 1} of its ${CHECKSUMS_FILE} ${problem}`);
    sums.set(path as string, sum as string);
  }
  return sums;
}

function malformed(source: string, reason: string): PluginError {
  return new PluginError('WP_PACKAGE', `Cannot read the plugin "${source}": ${reason}`);
}
