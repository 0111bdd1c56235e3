import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { ROOT } from './guests.js';
import { fileHash, sourceHash } from './source-hash.js';
/** Reads what was written down when `guest` was last built. */
export function readHashRecord(guest) {
    return readRecords(recordFile(guest))[guest.name];
}
/** Writes down what `guest` was built from and what came out. */
export function writeHashRecord(guest, toolchain) {
    const file = recordFile(guest);
    const records = readRecords(file);
    records[guest.name] = { sources: sourceHash(guest.inputs), output: fileHash(guest.output), toolchain };
    const sorted = Object.fromEntries(Object.entries(records).sort(([a], [b]) => (a < b ? -1 : 1)));
    writeFileSync(file, `${JSON.stringify(sorted, null, 2)}\n`);
}
function recordFile(guest) {
    return join(ROOT, dirname(guest.output), 'hashes.json');
}
function readRecords(file) {
    return existsSync(file) ? JSON.parse(readFileSync(file, 'utf8')) : {};
}
//# sourceMappingURL=hash-record.js.map