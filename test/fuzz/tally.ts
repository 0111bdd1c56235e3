import type { CaseReport } from './run-case.js';

/** A case that broke the rule. */
export interface Bug {
  index: number;
  bug: string;
  input: Uint8Array | string;
}

/** Sums up the cases of one generator. */
export class Tally {
  readonly counts = new Map<string, number>();
  readonly bugs: Bug[] = [];
  worst = { index: -1, milliseconds: 0 };
  runs = 0;

  add(report: CaseReport): void {
    this.runs++;
    const { index, milliseconds } = report;
    if ('bug' in report) this.bugs.push({ index, bug: report.bug, input: report.input });
    const name = 'bug' in report ? 'bug' : report.verdict;
    this.counts.set(name, (this.counts.get(name) ?? 0) + 1);
    if (milliseconds > this.worst.milliseconds) this.worst = { index, milliseconds };
  }
}
