import { koffi, type LibraryHandle } from './koffi.js';
import type { Address } from './ffi.js';

/** The functions of the C library that carry a child process. Pointers are numbers. */
export interface Libc {
  ftruncate(fd: number, bytes: number): number;
  mmap(
    address: Address,
    bytes: number,
    ...rest: [prot: number, flags: number, fd: number, at: number]
  ): Address;
  munmap(address: Address, bytes: number): number;
  madvise(address: Address, bytes: number, advice: number): number;
  close(fd: number): number;
  /** Waits while the word at an address has a value, until an instant of the monotonic clock; 0 for no end. May return early. */
  futexWait(address: Address, value: number, until: Address): number;
  /** Wakes one who waits at an address. */
  futexWake(address: Address): number;
  /** Writes the time of the monotonic clock as a `timespec`. */
  clockGettime(to: Address): number;
  fcntl(fd: number, command: number, value: number): number;
  /** Makes a system call by its number. */
  syscall(number: number, ...args: [number, number, number, number, number]): number;
  waitid(kind: number, pid: number, info: Address, options: number): number;
  /** Returns a file of no name that lives in memory, whose size can be sealed. */
  memfd(): number;
  prctl(option: number, value: number): number;
  setrlimit(resource: number, limit: Address): number;
  getppid(): number;
  /** Replaces the program of this process; returns only if that failed. */
  execve(path: Address, args: Address, environment: Address): number;
  errno(): number;
}

let loaded: Libc | undefined;

/** Opens the C library of this process. @throws {Error} this is not Linux */
export function libc(): Libc {
  return (loaded ??= open());
}

function open(): Libc {
  if (process.platform !== 'linux') throw new Error('only Linux has what the child process needs');
  const library = koffi().load(null);
  const bind = (name: string, result: string, params: string[]): never =>
    library.func(name, result, params) as never;
  const memfdCreate = bind('memfd_create', 'int', ['str', 'uint']) as (name: string, flags: number) => number;
  const readClock = bind('clock_gettime', 'int', ['int', 'uintptr']) as (id: number, to: Address) => number;
  return {
    ftruncate: bind('ftruncate', 'int', ['int', 'int64']),
    mmap: bind('mmap', 'uintptr', ['uintptr', 'size_t', 'int', 'int', 'int', 'int64']),
    madvise: bind('madvise', 'int', ['uintptr', 'size_t', 'int']),
    munmap: bind('munmap', 'int', ['uintptr', 'size_t']),
    close: bind('close', 'int', ['int']),
    fcntl: bind('fcntl', 'int', ['int', 'int', 'int']),
    syscall: bind('syscall', 'long', ['long', 'uintptr', 'uintptr', 'uintptr', 'uintptr', 'uintptr']),
    waitid: bind('waitid', 'int', ['int', 'int', 'uintptr', 'int']),
    ...futexes(library),
    clockGettime: (to) => readClock(LINUX.CLOCK_MONOTONIC, to),
    memfd: () => memfdCreate('wasm-plugin', MFD_CLOEXEC | MFD_ALLOW_SEALING),
    prctl: bind('prctl', 'int', ['int', 'ulong']),
    setrlimit: bind('setrlimit', 'int', ['int', 'uintptr']),
    getppid: bind('getppid', 'int', []),
    execve: bind('execve', 'int', ['uintptr', 'uintptr', 'uintptr']),
    errno: () => koffi().errno(),
  };
}

/** Waits and wakes by the system call itself: it answers nonsense with an error number, where the C library ends the process. */
function futexes(library: LibraryHandle): Pick<Libc, 'futexWait' | 'futexWake'> {
  const params = ['long', 'uintptr', 'int', 'uint', 'uintptr', 'uintptr', 'uint'];
  const futex = library.func('syscall', 'long', params) as (...args: number[]) => number;
  const number = process.arch === 'arm64' ? SYS_FUTEX.arm64 : SYS_FUTEX.x64;
  return {
    futexWait: (address, value, until) =>
      futex(number, address, FUTEX_WAIT_BITSET, value >>> 0, until, 0, FUTEX_ANY),
    futexWake: (address) => futex(number, address, FUTEX_WAKE, 1, 0, 0, 0),
  };
}

const SYS_FUTEX = { x64: 202, arm64: 98 };
const FUTEX_WAKE = 1;
/** With an instant of the monotonic clock in place of a span. */
const FUTEX_WAIT_BITSET = 9;
const FUTEX_ANY = 0xffff_ffff;

const MFD_CLOEXEC = 1;
const MFD_ALLOW_SEALING = 2;

/** Constants of Linux on all its 64-bit machines. */
export const LINUX = {
  PROT_READ_WRITE: 3,
  MAP_SHARED: 1,
  MADV_REMOVE: 9,
  CLOCK_MONOTONIC: 1,
  F_SETFD: 2,
  F_ADD_SEALS: 1033,
  /** Against a later seal, a smaller and a larger size. */
  SEALS_OF_SIZE: 7,
  P_PID: 1,
  WNOHANG: 1,
  WEXITED: 4,
  WNOWAIT: 0x0100_0000,
  SIGCHLD: 17,
  PR_SET_PDEATHSIG: 1,
  PR_CAPBSET_DROP: 24,
  SIGKILL: 9,
  RLIMIT_DATA: 2,
  RLIMIT_CORE: 4,
} as const;
