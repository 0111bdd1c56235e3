import type { Station, StationReload } from '../station.js';
import { formatShare, formatTime } from './format-time.js';
import type { Styler } from './styler.js';

/** What the lines are about. */
export interface ReloadLinesOptions {
  /** How long a block may take before the sound stutters. */
  deadlineNs: number;
  sampleRateHz: number;
  style: Styler;
}

/** Tells which versions took the place of others, a line each; nothing where none did. */
export function renderReloads(stations: readonly Station[], options: ReloadLinesOptions): string[] {
  const lines = stations.flatMap((station) => station.reloads.map((each) => line(station, each, options)));
  return lines.length === 0 ? [] : [lines.join('\n')];
}

function line(
  { title }: Station,
  { from, to, atFrame, pauseMs, refused }: StationReload,
  { deadlineNs, sampleRateHz, style }: ReloadLinesOptions,
): string {
  const when = `At ${(atFrame / sampleRateHz).toFixed(2)} s`;
  if (refused !== undefined) {
    const why = `refused at "${refused.step}": ${refused.reason}`;
    return `${when} ${title} ${to} was ${style('yellow', why)}. ${from} went on.`;
  }
  const pauseNs = (pauseMs ?? 0) * 1e6;
  const pause = `${formatTime(pauseNs)}, ${formatShare(pauseNs / deadlineNs)} of a block`;
  return `${when} ${title} ${style('green', `${from} became ${to}`)}, with its state; the pause was ${pause}.`;
}
