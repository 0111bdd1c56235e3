import type { BigIntStats } from 'node:fs';
import type {
  Datetime,
  DescriptorStat,
  DescriptorType,
  MetadataHash,
  NewTimestamp,
} from './filesystem-types.js';

const NS_PER_S = 1_000_000_000n;

/** What kind of thing the methods of a `Stats` or `Dirent` tell. */
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

/** Gives the record `descriptor-stat`. */
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

/** Gives the record `metadata-hash-value`: which file it is. */
export function metadataHash({ ino, dev }: BigIntStats): MetadataHash {
  return { lower: BigInt.asUintN(64, ino), upper: BigInt.asUintN(64, dev) };
}

/** Gives the seconds of both times that a file is set to. */
export function timesFrom(
  { atimeNs, mtimeNs }: BigIntStats,
  { accessed, modified }: { accessed: NewTimestamp; modified: NewTimestamp },
): [atime: number, mtime: number] {
  return [secondsFrom(accessed, atimeNs), secondsFrom(modified, mtimeNs)];
}

/** Gives the seconds that a timestamp is set to, where `present` is what it was. */
function secondsFrom(time: NewTimestamp, presentNs: bigint): number {
  if (time.tag === 'now') return Date.now() / 1000;
  if (time.tag === 'no-change') return Number(presentNs) / 1e9;
  return Number(time.val.seconds) + Number(time.val.nanoseconds) / 1e9;
}
