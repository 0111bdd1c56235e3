import type { Levels } from '../levels.js';
import type { Styler } from './styler.js';

const STEPS = [' ', '▁', '▂', '▃', '▄', '▅', '▆', '▇', '█'];
const ROWS = 3;
/** Range of the pictures, in dB below the loudest part. */
const SPAN_DB = 21;

/** Draws how loud the sound is over time, before and after. */
export function renderLevels({ before, after }: { before: Levels; after: Levels }, style: Styler): string {
  const loudestDb = Math.max(...before.overTimeDb, ...after.overTimeDb);
  return [
    style('bold', 'Loudness over time'),
    ...draw('before', before, { loudestDb, paint: (text) => style('blue', text) }),
    ...draw('after', after, { loudestDb, paint: (text) => style('green', text) }),
  ].join('\n');
}

function draw(
  label: string,
  levels: Levels,
  { loudestDb, paint }: { loudestDb: number; paint: (text: string) => string },
): string[] {
  const heights = levels.overTimeDb.map((db) =>
    Math.round(clamp(1 + (db - loudestDb) / SPAN_DB) * ROWS * (STEPS.length - 1)),
  );
  return Array.from({ length: ROWS }, (_, index) => {
    const row = ROWS - 1 - index;
    const cells = heights.map((height) => STEPS[Math.max(0, Math.min(8, height - row * 8))]).join('');
    const text = [label, `peak ${decibels(levels.peakDb)}`, `RMS  ${decibels(levels.rmsDb)}`];
    return `  ${(index === 0 ? label : '').padEnd(7)}${paint(cells)}  ${index === 0 ? '' : text[index]}`.trimEnd();
  });
}

function decibels(db: number): string {
  return Number.isFinite(db) ? `${db.toFixed(1).padStart(5)} dB` : ' silence';
}

function clamp(share: number): number {
  return Math.max(0, Math.min(1, Number.isFinite(share) ? share : 0));
}
