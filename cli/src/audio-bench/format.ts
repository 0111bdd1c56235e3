import type { RowKey } from './measurement.js';

/** Keeps three significant digits. */
export function short(value: number): string {
  return Math.abs(value) >= 1000 ? String(Math.round(value)) : String(Number(value.toPrecision(3)));
}

/** Formats nanoseconds in the unit that suits them. */
export function formatNs(ns: number): string {
  if (ns < 1000) return `${short(ns)} ns`;
  return ns < 1e6 ? `${short(ns / 1e3)} µs` : `${short(ns / 1e6)} ms`;
}

/** Formats a share as percent. */
export function formatShare(share: number): string {
  return `${short(share * 100)} %`;
}

/** Formats a ratio of two times: `×1.02`. */
export function formatRatio(ratio: number): string {
  return `×${short(ratio)}`;
}

/** Formats a sample rate. */
export function formatRate(sampleRateHz: number): string {
  return `${short(sampleRateHz / 1000)} kHz`;
}

/** Formats a difference of sounds. */
export function formatPeak(peakDb: number | null): string {
  return peakDb === null ? 'bit for bit the same' : `${peakDb} dBFS apart`;
}

/** Names what is varied in a row, against the first one. */
export function rowName(key: RowKey, base: RowKey): string {
  if (key.maxFrames !== base.maxFrames) return `blocks of ${key.maxFrames}`;
  if (key.sampleRateHz !== base.sampleRateHz) return formatRate(key.sampleRateHz);
  if (key.channels !== base.channels) return `${key.channels} channel${key.channels === 1 ? '' : 's'}`;
  if (key.input !== base.input) return key.input;
  if (key.instances !== base.instances) return `${key.instances} instances`;
  return `blocks of ${key.maxFrames}, ${key.input}`;
}
