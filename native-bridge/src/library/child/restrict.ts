import { readFileSync } from 'node:fs';
import { koffiFfi } from '../koffi-ffi.js';
import { libc, LINUX } from '../libc.js';
import { denyCalls } from './seccomp.js';

/**
 * Rights that a library in a child loses:
 *
 * - `none`: nothing;
 * - `processes`: it starts no process, and signals and traces no other; their memory may be open to it as files of `/proc`;
 * - `all`: in addition it writes and changes no file, reads the system's folders and its own file alone, has no sockets, reaches
 *   no memory of others, and has none of root's capabilities.
 */
export type Confinement = 'none' | 'processes' | 'all';

/** Growth that JavaScript itself may need, in bytes. */
const OWN_BYTES = 32 * 2 ** 20;

/**
 * Limits this process from now on: memory beyond its present size, by the system's limit on private data, no core dumps, and
 * the rights that `confine` takes. Does not cover shared mappings.
 * @param memoryBytes beside the needs of JavaScript; `Infinity` for no limit
 * @param confine `undefined` for `processes` if the system can enforce that
 * @throws {Error} the system cannot enforce it
 */
export function restrict({
  memoryBytes,
  confine,
}: {
  memoryBytes: number;
  confine: Confinement | undefined;
}): void {
  setLimit(LINUX.RLIMIT_CORE, 0);
  if (Number.isFinite(memoryBytes)) setLimit(LINUX.RLIMIT_DATA, presentData() + OWN_BYTES + memoryBytes);
  if (confine === 'none') return;
  try {
    denyCalls({ outside: confine === 'all' });
  } catch (error) {
    if (confine !== undefined) throw error;
  }
}

/** Reads the argument of `restrict` from a word of a command line. */
export function confinementFrom(word: string): Confinement | undefined {
  return word === 'none' || word === 'processes' || word === 'all' ? word : undefined;
}

/** Returns the bytes of private writable memory that this process has. */
function presentData(): number {
  const [, kilobytes = '0'] = /^VmData:\s*(\d+) kB$/m.exec(readFileSync('/proc/self/status', 'utf8')) ?? [];
  return Number(kilobytes) * 1024;
}

function setLimit(resource: number, value: number): void {
  const block = koffiFfi.allocate(16);
  new BigUint64Array(block.bytes).fill(BigInt(Math.floor(value)));
  if (libc().setrlimit(resource, block.address) !== 0)
    throw new Error(`the system refuses the limit ${resource} of ${value}`);
  block.free();
}
