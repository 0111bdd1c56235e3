import { readFileSync } from 'node:fs';
import { koffiFfi } from '../koffi-ffi.js';
import { libc, LINUX } from '../libc.js';

/** Growth that JavaScript itself may need, in bytes. */
const OWN_BYTES = 32 * 2 ** 20;

/**
 * Limits what this process may take from now on: memory beyond what it has, by the system's limit on private data, and no
 * core dumps. Does not cover shared mappings, and nothing else that the system gives.
 * @param memoryBytes beside what JavaScript needs to run; `Infinity` for no limit
 */
export function restrict(memoryBytes: number): void {
  setLimit(LINUX.RLIMIT_CORE, 0);
  if (Number.isFinite(memoryBytes)) setLimit(LINUX.RLIMIT_DATA, presentData() + OWN_BYTES + memoryBytes);
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
