import { secondsOf, type Audio } from './audio.js';
import type { Levels } from './levels.js';
import {
  formatTime,
  renderBlockTimes,
  renderLevels,
  renderReloads,
  renderTable,
  styler,
  type Styler,
} from './render/index.js';
import { BLOCK_FRAMES } from './open-station.js';
import type { Station } from './station.js';
import type { SampleFormat } from './wav/index.js';

/** Everything the demo found out. */
export interface DemoReport {
  path: string;
  target: string;
  audio: Audio;
  format: SampleFormat;
  /** Seconds of sound that the file's header announces and the file does not contain. */
  missingSeconds: number;
  stations: readonly Station[];
  /** Time in which a block must be ready, or the sound stutters. */
  deadlineNs: number;
  timesFasterThanSound: number;
  /** Difference to the sound by components alone, in dBFS, if a native plugin took part. */
  differenceDb?: number;
  before: Levels;
  after: Levels;
}

const FORMAT_NAMES: Record<SampleFormat, string> = {
  u8: '8-bit',
  s16: '16-bit',
  s24: '24-bit',
  s32: '32-bit',
  f32: '32-bit float',
  f64: '64-bit float',
};

/** Renders the report of the demo. */
export function renderReport(report: DemoReport): string {
  const { stations, deadlineNs, before, after } = report;
  const style = styler(process.stdout);
  return `${[
    inputLine(report),
    renderLevels({ before, after }, style),
    renderTable(stations, { deadlineNs, deadlineText: formatTime(deadlineNs), style }),
    renderBlockTimes(stations, { deadlineNs, style }),
    ...renderReloads(stations, { deadlineNs, sampleRateHz: report.audio.sampleRateHz, style }),
    ...lateBlocks(report, style),
    ...comparison(report),
    `${Math.round(report.timesFasterThanSound).toLocaleString('en')} times faster than the sound plays. Written: ${style('bold', report.target)}`,
  ].join('\n\n')}\n`;
}

/** Blocks that missed the deadline, with the meaning of their number and its bounds. */
function lateBlocks({ stations, deadlineNs }: DemoReport, style: Styler): string[] {
  const times = stations.flatMap((station) => [...station.times.sorted()]);
  const late = times.filter((ns) => ns > deadlineNs).length;
  if (late === 0) return [];
  const count = `${late.toLocaleString('en')} of ${times.length.toLocaleString('en')} calls`;
  return [
    style(
      'dim',
      `${count} missed the deadline. Where the median is far below it, other work on this machine held them up.`,
    ),
  ];
}

function comparison({ differenceDb }: DemoReport): string[] {
  if (differenceDb === undefined) return [];
  const far = differenceDb === -Infinity ? 'the same, bit for bit' : `within ${differenceDb.toFixed(1)} dBFS`;
  return [`By the compressor as a component the sound is ${far}.`];
}

function inputLine({ path, audio, format, missingSeconds }: DemoReport): string {
  const count = audio.channels.length;
  const channels = ['', 'mono', 'stereo'][count] ?? `${count} channels`;
  const sound = `${shortSeconds(secondsOf(audio))} s, ${audio.sampleRateHz.toLocaleString('en')} Hz, ${channels}, ${FORMAT_NAMES[format]}`;
  const truncated =
    missingSeconds > 0
      ? `\nThe file is truncated: it says that it holds ${shortSeconds(secondsOf(audio) + missingSeconds)} s`
      : '';
  return `${path}: ${sound}, in blocks of ${BLOCK_FRAMES} frames${truncated}`;
}

function shortSeconds(seconds: number): string {
  return seconds.toFixed(2).replace(/\.?0+$/, '');
}
