import type { CaseResult, Suite } from './suite/index.js';

/** Results of a folder's cases. */
export interface FolderCounts {
  passed: number;
  failed: number;
  skipped: number;
}

/** The object that `--json` prints, in one line. */
export interface Report {
  suite: Suite;
  folders: Record<string, FolderCounts>;
  skips: { case: string; reason: string }[];
  /** The cases that failed, in the order in which they ran. */
  failures: { folder: string; name: string; message: string }[];
}

/** Sums the results of a suite up. */
export function reportOf(suite: Suite, results: readonly CaseResult[]): Report {
  const folders: Record<string, FolderCounts> = {};
  const skips: Report['skips'] = [];
  const failures: Report['failures'] = [];
  for (const result of results) {
    const counts = (folders[result.folder] ??= { passed: 0, failed: 0, skipped: 0 });
    counts[result.outcome]++;
    if (result.outcome === 'skipped') skips.push({ case: result.case, reason: result.reason });
    if (result.outcome === 'failed')
      failures.push({ folder: result.folder, name: result.case, message: result.reason });
  }
  return { suite, folders, skips, failures };
}

/** Counts the skips of each folder by their reasons. */
export function skipReasons(results: readonly CaseResult[]): Record<string, Record<string, number>> {
  const reasons: Record<string, Record<string, number>> = {};
  for (const result of results) {
    if (result.outcome !== 'skipped') continue;
    const folder = (reasons[result.folder] ??= {});
    folder[result.reason] = (folder[result.reason] ?? 0) + 1;
  }
  return reasons;
}
