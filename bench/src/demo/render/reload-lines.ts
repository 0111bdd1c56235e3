import type { Station, StationReload } from '../station.js';
import { formatShare, formatTime } from './format-time.js';
import type { Styler } from './styler.js';

/** Facts for the lines. */
export interface ReloadLinesOptions {
  /** Time in which a block must be ready, or the sound stutters. */
  deadlineNs: number;
  sampleRateHz: number;
  style: Styler;
}

/** Renders the replacements of versions, one line each; an empty list if there were none. */
export function renderReloads(stations: readonly Station[], options: ReloadLinesOptions): string[] {
  const lines = stations.flatMap((station) => station.reloads.map((each) => line(station, each, options)));
  return lines.length === 0 ? [] : [lines.join('\n')];
}

function line(
  { title }: Station,
  { from, to, atFrame, pauseMs, refused, rolledBack }: StationReload,
  { deadlineNs, sampleRateHz, style }: ReloadLinesOptions,
): string {
  const at = (frame: number): string => `At ${(frame / sampleRateHz).toFixed(2)} s`;
  const pauseText = (ms: number): string =>
    `the pause was ${formatTime(ms * 1e6)}, ${formatShare((ms * 1e6) / deadlineNs)} of a block`;
  const when = `${at(atFrame)} ${title}`;
  if (refused !== undefined) {
    const why = `refused at "${refused.step}": ${refused.reason}`;
    return `${when} ${to} was ${style('yellow', why)}. ${from} went on.`;
  }
  const became = `${when} ${style('green', `${from} became ${to}`)}, with its state; ${pauseText(pauseMs ?? 0)}.`;
  if (rolledBack === undefined) return became;
  const why = `rolled back to ${from}: ${rolledBack.reason}`;
  return `${became}\n${at(rolledBack.atFrame)} ${title} ${to} was ${style('yellow', why)}; ${pauseText(rolledBack.pauseMs)}.`;
}
