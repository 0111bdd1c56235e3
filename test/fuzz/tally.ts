import type { CaseReport } from './run-cases.js';

/** Sums up what many cases came to. */
export class Tally {
  readonly counts = new Map<string, number>();
  readonly bugs: { index: number; what: string }[] = [];
  readonly hangs: number[] = [];
  worst = { index: -1, milliseconds: 0 };
  runs = 0;

  add({ index, ending, milliseconds }: CaseReport): void {
    this.runs++;
    const name = ending.kind === 'typed' ? ending.code : ending.kind;
    this.counts.set(name, (this.counts.get(name) ?? 0) + 1);
    if (ending.kind === 'bug') this.bugs.push({ index, what: ending.what });
    if (milliseconds > this.worst.milliseconds) this.worst = { index, milliseconds };
  }

  /** A case that had to be ended from outside. */
  addHang(index: number): void {
    this.runs++;
    this.hangs.push(index);
  }

  get failed(): boolean {
    return this.bugs.length + this.hangs.length > 0;
  }
}
