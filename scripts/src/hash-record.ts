import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { ROOT, type Guest } from './guests.js';
import { fileHash, sourceHash } from './source-hash.js';

/** Record of a built guest. */
export interface HashRecord {
  /** Hash of its inputs. */
  sources: string;
  /** Hash of the component. */
  output: string;
  /** The compiler, by name and version. Another one may make other bytes from the same sources. */
  toolchain: string;
}

/** Reads the record of `guest`'s last build. */
export function readHashRecord(guest: Guest): HashRecord | undefined {
  return readRecords(recordFile(guest))[guest.name];
}

/** Writes the record of `guest`'s inputs and outputs. */
export function writeHashRecord(guest: Guest, toolchain: string): void {
  const file = recordFile(guest);
  const records = readRecords(file);
  records[guest.name] = { sources: sourceHash(guest.inputs), output: fileHash(guest.output), toolchain };
  const sorted = Object.fromEntries(Object.entries(records).sort(([a], [b]) => (a < b ? -1 : 1)));
  writeFileSync(file, `${JSON.stringify(sorted, null, 2)}\n`);
}

function recordFile(guest: Guest): string {
  return join(ROOT, dirname(guest.output), 'hashes.json');
}

function readRecords(file: string): Record<string, HashRecord> {
  return existsSync(file) ? (JSON.parse(readFileSync(file, 'utf8')) as Record<string, HashRecord>) : {};
}
