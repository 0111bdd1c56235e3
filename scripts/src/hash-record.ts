import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { ROOT, type Guest } from './guests.js';
import { fileHash, sourceHash } from './source-hash.js';

/** Record of a built guest. */
export interface HashRecord {
  /** Hash of what it was built from. */
  sources: string;
  /** Hash of the component. */
  output: string;
  /** The compiler, by name and version. Another one may make other bytes from the same sources. */
  toolchain: string;
}

/** Reads what was written down when `guest` was last built. */
export function readHashRecord(guest: Guest): HashRecord | undefined {
  return readRecords(recordFile(guest))[guest.name];
}

/** Writes down what `guest` was built from and what came out. */
export function writeHashRecord(guest: Guest, toolchain: string): void {
  const file = recordFile(guest);
  const records = readRecords(file);
  records[guest.name] = { sources: sourceHash(guest.inputs), output: fileHash(guest.output), toolchain };
  const sorted = Object.fromEntries(Object.entries(records).sort(([a], [b]) => (a < b ? -1 : 1)));
  writeFileSync(file, `${JSON.stringify(sorted, null, 2)}\n`);
}

function recordFile(guest: Guest): string {
  return join(ROOT, guest.record ?? join(dirname(guest.output), 'hashes.json'));
}

function readRecords(file: string): Record<string, HashRecord> {
  return existsSync(file) ? (JSON.parse(readFileSync(file, 'utf8')) as Record<string, HashRecord>) : {};
}
