import { Arena } from '../arena.js';
import { koffiFfi } from '../koffi-ffi.js';
import { libc } from '../libc.js';
import { SYSCALLS, type Machine, type SyscallName } from './syscalls.js';

const PR_SET_NO_NEW_PRIVS = 38;
const SET_MODE_FILTER = 1;
const IS_ACTION_KNOWN = 2;
/** For all threads of the process; without the slower mitigations that old kernels add, as before. */
const FLAGS = 1 | 4;

const EPERM = 1;
const ENOSYS = 38;
const ALLOW = 0x7fff_0000;
const ANSWER_ERRNO = 0x0005_0000;
const refuse = (errno: number): Instruction => [RETURN, 0, 0, ANSWER_ERRNO | errno];

/** Classes of BPF instructions. */
const LOAD = 0x20;
const IF_EQUAL = 0x15;
const IF_AT_LEAST = 0x35;
const IF_BITS = 0x45;
const RETURN = 0x06;

/** Offsets in `struct seccomp_data`. */
const NUMBER = 0;
const ARCHITECTURE = 4;
const argument = (index: number): number => 16 + 8 * index;

/** On x64, the calls of another ABI for 32-bit pointers begin here. */
const X32 = 0x4000_0000;
const CLONE_THREAD = 0x1_0000;
const PR_SET_PDEATHSIG = 1;

type Instruction = readonly [code: number, ifTrue: number, ifFalse: number, operand: number];

/** Calls that reach other processes, or make new ones. */
const PROCESSES: readonly SyscallName[] = [
  'fork',
  'vfork',
  'execve',
  'execveat',
  'tkill',
  'pidfd_open',
  'pidfd_send_signal',
  'pidfd_getfd',
  'ptrace',
  'process_vm_readv',
  'process_vm_writev',
  'process_madvise',
  'io_uring_setup',
];

/** Calls that act on the process whose id is their first argument. */
const ON_A_PROCESS: readonly SyscallName[] = ['kill', 'tgkill', 'rt_sigqueueinfo', 'rt_tgsigqueueinfo'];

/**
 * Calls that reach the network, other programs, or parts of the kernel that a plugin has no use for; and those that change files
 * which Landlock does not hold: modes, owners, times and attributes.
 */
const OUTSIDE: readonly SyscallName[] = [
  'socket',
  'socketpair',
  'connect',
  'bind',
  'shmget',
  'semget',
  'msgget',
  'mq_open',
  'add_key',
  'request_key',
  'keyctl',
  'bpf',
  'userfaultfd',
  'perf_event_open',
  'chmod',
  'fchmod',
  'fchmodat',
  'fchmodat2',
  'chown',
  'fchown',
  'lchown',
  'fchownat',
  'utime',
  'utimes',
  'futimesat',
  'utimensat',
  'setxattr',
  'lsetxattr',
  'fsetxattr',
  'removexattr',
  'lremovexattr',
  'fremovexattr',
];

/**
 * Takes calls of the system from every thread of this process, for ever: it starts no process, and signals and traces no other.
 * @param outside whether it loses sockets and the like as well
 * @throws {Error} the system has no seccomp
 */
export function denyCalls({ outside }: { outside: boolean }): void {
  const machine = SYSCALLS[process.arch as keyof typeof SYSCALLS] as Machine | undefined;
  if (machine === undefined) throw new Error(`no filter of system calls is known for "${process.arch}"`);
  const { numbers } = machine;
  const { syscall } = libc();
  if (syscall(numbers.prctl, PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0) !== 0) throw refusal('PR_SET_NO_NEW_PRIVS');
  const arena = new Arena(koffiFfi);
  const program = filterOf(machine, outside);
  const words = new DataView(new ArrayBuffer(program.length * 8));
  for (const [index, [code, ifTrue, ifFalse, operand]] of program.entries()) {
    words.setUint16(index * 8, code, true);
    words.setUint8(index * 8 + 2, ifTrue);
    words.setUint8(index * 8 + 3, ifFalse);
    words.setUint32(index * 8 + 4, operand, true);
  }
  const head = new DataView(new ArrayBuffer(16));
  head.setUint16(0, program.length, true);
  head.setBigUint64(8, BigInt(arena.bytes(new Uint8Array(words.buffer))), true);
  const at = arena.bytes(new Uint8Array(head.buffer));
  const failed = syscall(numbers.seccomp, SET_MODE_FILTER, FLAGS, at, 0, 0) !== 0;
  arena.free();
  if (failed) throw refusal('seccomp');
}

/** Returns why `denyCalls` cannot work here; `undefined` if it can. */
export function missingSeccomp(): string | undefined {
  const machine = SYSCALLS[process.arch as keyof typeof SYSCALLS] as Machine | undefined;
  if (machine === undefined) return `no filter of system calls is known for "${process.arch}"`;
  const arena = new Arena(koffiFfi);
  const action = new Uint8Array(Uint32Array.of(ANSWER_ERRNO).buffer);
  const has = libc().syscall(machine.numbers.seccomp, IS_ACTION_KNOWN, 0, arena.bytes(action), 0, 0) === 0;
  arena.free();
  return has ? undefined : 'the kernel has no seccomp, or it may not be used here';
}

/** The program that the kernel runs for each call. */
function filterOf({ architecture, numbers }: Machine, outside: boolean): Instruction[] {
  const program: Instruction[] = [
    [LOAD, 0, 0, ARCHITECTURE],
    [IF_EQUAL, 1, 0, architecture],
    refuse(EPERM),
    [LOAD, 0, 0, NUMBER],
    [IF_AT_LEAST, 0, 1, X32],
    refuse(EPERM),
  ];
  const rule = (name: SyscallName, ...body: Instruction[]): void => {
    const number = numbers[name];
    if (number !== undefined) program.push([IF_EQUAL, 0, body.length, number], ...body);
  };
  const allowIf = (index: number, test: number, value: number): Instruction[] => [
    [LOAD, 0, 0, argument(index)],
    [test, 0, 1, value],
    [RETURN, 0, 0, ALLOW],
    refuse(EPERM),
  ];
  for (const name of [...PROCESSES, ...(outside ? OUTSIDE : [])]) rule(name, refuse(EPERM));
  // The C library takes `clone` then, whose flags can be read here.
  rule('clone3', refuse(ENOSYS));
  rule('clone', ...allowIf(0, IF_BITS, CLONE_THREAD));
  for (const name of ON_A_PROCESS) rule(name, ...allowIf(0, IF_EQUAL, process.pid));
  // Its end with the host stays.
  rule('prctl', [LOAD, 0, 0, argument(0)], [IF_EQUAL, 0, 1, PR_SET_PDEATHSIG], refuse(EPERM), [
    RETURN,
    0,
    0,
    ALLOW,
  ]);
  rule(
    'prlimit64',
    [LOAD, 0, 0, argument(0)],
    [IF_EQUAL, 1, 0, 0],
    [IF_EQUAL, 0, 1, process.pid],
    [RETURN, 0, 0, ALLOW],
    refuse(EPERM),
  );
  program.push([RETURN, 0, 0, ALLOW]);
  return program;
}

function refusal(what: string): Error {
  return new Error(`the system refuses ${what}: error ${libc().errno()}`);
}
