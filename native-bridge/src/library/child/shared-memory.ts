import { koffi } from '../koffi.js';
import type { Address } from '../ffi.js';
import { libc, LINUX } from '../libc.js';
import { onceUnreachable } from '../once-unreachable.js';

/** The file descriptor that a child finds the shared memory at. */
export const SHARED_FD = 3;

/**
 * Layout of the memory that a host and its child share, in bytes. Pages are only taken once they are written.
 *
 * | at | what |
 * | --- | --- |
 * | `request` | signal: the child's turn |
 * | `reply` | signal: the host's turn |
 * | `words` | 32-bit words, see `WORD` |
 * | `message` | the piece of a message in transit |
 * | `audio` | the buffers of a lane: inputs, then outputs |
 */
export const PLACE = { request: 0, reply: 64, words: 128, message: 4096, audio: 4096 + 256 * 1024 } as const;

/** Bytes of a message that cross at once. */
export const PIECE_BYTES = PLACE.audio - PLACE.message;

/** 64 channels each way of 65,536 frames. */
export const SHARED_BYTES = PLACE.audio + 2 * 64 * 65_536 * 4;

/** Indices of 32-bit words behind `PLACE.words`. */
export const WORD = {
  /** Task of the side whose turn it is: see `KIND`. */
  kind: 0,
  /** Bytes of the piece of a message. */
  piece: 1,
  /** 1 if more pieces follow. */
  more: 2,
  /** Frames of a block. */
  frames: 3,
} as const;

/** Tasks of the side whose turn it is. */
export const KIND = {
  /** Child: process one block of `frames`. */
  block: 1,
  /** Either: take a piece of a message, and ask for the next with `next`. */
  message: 2,
  next: 3,
  /** Host: the block is done. */
  done: 4,
} as const;

/** Memory that is mapped in this process. */
export interface SharedMemory {
  readonly address: Address;
  readonly bytes: ArrayBuffer;
  /** Frees its pages; it reads as zeros from then on. It is unmapped once nothing refers to `bytes`. */
  close(): void;
}

/** Makes memory to share. Returns its file descriptor too, for the child to inherit. @throws {Error} the system refuses */
export function createSharedMemory(): SharedMemory & { fd: number } {
  const fd = libc().memfd();
  if (fd < 0) throw new Error(`cannot make shared memory: error ${libc().errno()}`);
  // Sealed: who touches memory that the other side has cut off is ended by SIGBUS.
  const sized =
    libc().ftruncate(fd, SHARED_BYTES) === 0 &&
    libc().fcntl(fd, LINUX.F_ADD_SEALS, LINUX.SEALS_OF_SIZE) === 0;
  if (!sized) {
    const errno = libc().errno();
    libc().close(fd);
    throw new Error(`cannot size shared memory: error ${errno}`);
  }
  return { fd, ...mapSharedMemory(fd) };
}

/** Maps the memory behind a file descriptor. */
export function mapSharedMemory(fd: number): SharedMemory {
  const { PROT_READ_WRITE, MAP_SHARED } = LINUX;
  const address = libc().mmap(0, SHARED_BYTES, PROT_READ_WRITE, MAP_SHARED, fd, 0);
  if (address > 2 ** 52) throw new Error(`cannot map shared memory: error ${libc().errno()}`);
  const bytes = koffi().view(BigInt(address), SHARED_BYTES);
  onceUnreachable([bytes], () => libc().munmap(address, SHARED_BYTES));
  return {
    address,
    bytes,
    close: () => void libc().madvise(address, SHARED_BYTES, LINUX.MADV_REMOVE),
  };
}
