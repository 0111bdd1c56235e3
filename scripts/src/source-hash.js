import { createHash } from 'node:crypto';
import { readdirSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { ROOT } from './guests.js';
const NOT_A_SOURCE = new Set(['target', 'dist', 'build', 'node_modules']);
/**
 * Hashes the files and folders that something is built from: their names and contents, in the order of their names.
 *
 * Line ends count as one character, so that a checkout with CRLF has the same hash.
 */
export function sourceHash(inputs) {
    const hash = createHash('sha256');
    const files = [...new Set(inputs.flatMap(filesIn))].sort();
    for (const file of files) {
        const text = readFileSync(join(ROOT, file), 'latin1').replaceAll('\r\n', '\n');
        hash.update(`${file}\0${text.length}\0`).update(text, 'latin1');
    }
    return hash.digest('hex');
}
/** The hash of a file's bytes. */
export function fileHash(file) {
    return createHash('sha256')
        .update(readFileSync(join(ROOT, file)))
        .digest('hex');
}
function filesIn(path) {
    if (statSync(join(ROOT, path)).isFile())
        return [path];
    return readdirSync(join(ROOT, path))
        .filter((name) => !NOT_A_SOURCE.has(name) && !name.endsWith('.tsbuildinfo'))
        .flatMap((name) => filesIn(`${path}/${name}`));
}
//# sourceMappingURL=source-hash.js.map