import { GuestError } from '@wasm-plugin/abi';
import type { BigIntStats } from 'node:fs';
import type {
  Datetime,
  DescriptorStat,
  DescriptorType,
  MetadataHash,
  NewTimestamp,
} from './filesystem-types.js';

const NS_PER_S = 1_000_000_000n;

/** Returns the WASI type of the file that a `Stats` or `Dirent` describes. */
export function typeOf(
  entry: Record<
    `is${'Directory' | 'File' | 'SymbolicLink' | 'FIFO' | 'Socket' | 'BlockDevice' | 'CharacterDevice'}`,
    () => boolean
  >,
): DescriptorType {
  if (entry.isFile()) return 'regular-file';
  if (entry.isDirectory()) return 'directory';
  if (entry.isSymbolicLink()) return 'symbolic-link';
  if (entry.isFIFO()) return 'fifo';
  if (entry.isSocket()) return 'socket';
  if (entry.isBlockDevice()) return 'block-device';
  return entry.isCharacterDevice() ? 'character-device' : 'unknown';
}

/** Returns the record `descriptor-stat`. */
export function descriptorStat(stat: BigIntStats): DescriptorStat {
  return {
    type: typeOf(stat),
    linkCount: stat.nlink,
    size: stat.size,
    dataAccessTimestamp: datetime(stat.atimeNs),
    dataModificationTimestamp: datetime(stat.mtimeNs),
    statusChangeTimestamp: datetime(stat.ctimeNs),
  };
}

/** A file before 1970 counts as one of 1970: `seconds` has no sign. */
function datetime(ns: bigint): Datetime {
  const at = ns < 0n ? 0n : ns;
  return { seconds: at / NS_PER_S, nanoseconds: Number(at % NS_PER_S) };
}

/** Returns the record `metadata-hash-value`: which file it is. */
export function metadataHash({ ino, dev }: BigIntStats): MetadataHash {
  return { lower: BigInt.asUintN(64, ino), upper: BigInt.asUintN(64, dev) };
}

/** A time that a file is set to, as Node takes it. */
type NewTime = string | Date;

/**
 * Minor version of libuv: since 1.51 it ignores a value that is no number, since 1.52 it does not cut times to microseconds.
 */
const UV = process.platform === 'win32' ? 0 : Number(process.versions.uv.split('.')[1]);
const OMITTED = new Date(NaN);

/**
 * Returns both times to set on a file, with `present` as the old ones. Node takes them as floating-point seconds, so they are
 * kept to a microsecond, and are never later than asked. Before libuv 1.51 the same goes for a time that is not changed.
 * @throws {GuestError} the error code `invalid` for a second of more than 10^9 ns
 */
export function timesFrom(
  { atimeNs, mtimeNs }: BigIntStats,
  { accessed, modified }: { accessed: NewTimestamp; modified: NewTimestamp },
): [atime: NewTime, mtime: NewTime] {
  return [timeFrom(accessed, atimeNs), timeFrom(modified, mtimeNs)];
}

function timeFrom(time: NewTimestamp, presentNs: bigint): NewTime {
  if (time.tag === 'now') return secondsOf(BigInt(Date.now()) * 1_000_000n);
  if (time.tag === 'no-change') return UV >= 51 ? OMITTED : secondsOf(presentNs);
  const { seconds, nanoseconds } = time.val;
  if (nanoseconds >= 1e9) throw new GuestError('invalid');
  return secondsOf(seconds * NS_PER_S + BigInt(nanoseconds));
}

/** As text, since Node takes a negative number for the present. */
function secondsOf(ns: bigint): string {
  if (UV < 52) {
    // In the middle of a microsecond, of which libuv takes the start.
    const us = (ns - (((ns % 1000n) + 1000n) % 1000n)) / 1000n;
    return String((Number(us) + (us < 0n ? -0.5 : 0.5)) / 1e6);
  }
  const nearest = Number(ns) / 1e9;
  const whole = Math.trunc(nearest);
  const isLater = BigInt(whole) * NS_PER_S + BigInt(Math.trunc((nearest - whole) * 1e9)) > ns;
  return String(isLater ? nearest - 2 ** -22 : nearest);
}
