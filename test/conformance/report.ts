import type { CaseResult, Suite } from './suite/index.js';

/** How the cases of a folder ended. */
export interface FolderCounts {
  passed: number;
  failed: number;
  skipped: number;
}

/** What `--json` prints. */
export interface Report {
  suite: Suite;
  folders: Record<string, FolderCounts>;
  skips: { case: string; reason: string }[];
}

/** Sums the results of a suite up. */
export function reportOf(suite: Suite, results: readonly CaseResult[]): Report {
  const folders: Record<string, FolderCounts> = {};
  const skips: Report['skips'] = [];
  for (const result of results) {
    const counts = (folders[result.folder] ??= { passed: 0, failed: 0, skipped: 0 });
    counts[result.outcome]++;
    if (result.outcome === 'skipped') skips.push({ case: result.case, reason: result.reason });
  }
  return { suite, folders, skips };
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
