import { readFileSync, writeFileSync } from 'node:fs';
import { testFolder } from '../wast/index.js';
import type { CaseResult, Suite } from './suite/index.js';

/** Checked-in record of a folder: its counts, and its skips by reason. */
export interface FolderRecord {
  passed: number;
  failed: number;
  skipped: Record<string, number>;
}

/** Checked-in record of a suite, by folder. */
export type SuiteRecord = Record<string, FolderRecord>;

/** Checked in by suite, then by major version of Node, since the features of V8 differ. */
type Counts = Partial<Record<Suite, Record<string, SuiteRecord>>>;

const MAJOR = process.versions.node.split('.')[0] as string;

/** Sums results up as they are checked in. */
export function recordOf(results: readonly CaseResult[]): SuiteRecord {
  const record: SuiteRecord = {};
  for (const result of results) {
    const folder = (record[result.folder] ??= { passed: 0, failed: 0, skipped: {} });
    if (result.outcome === 'skipped') {
      folder.skipped[result.reason] = (folder.skipped[result.reason] ?? 0) + 1;
    } else {
      folder[result.outcome]++;
    }
  }
  return record;
}

/** Returns the checked-in record of a suite for this Node; `undefined` if there is none. */
export function checkedInRecord(suite: Suite): SuiteRecord | undefined {
  return readCounts()[suite]?.[MAJOR];
}

/** Checks a suite's counts in for this Node. */
export function checkInRecord(suite: Suite, record: SuiteRecord): void {
  const counts = readCounts();
  counts[suite] = { ...counts[suite], [MAJOR]: record };
  writeFileSync(countsFile(), `${JSON.stringify(counts, undefined, 2)}\n`);
}

function readCounts(): Counts {
  return JSON.parse(readFileSync(countsFile(), 'utf8')) as Counts;
}

function countsFile(): URL {
  return new URL('conformance/counts.json', testFolder());
}
