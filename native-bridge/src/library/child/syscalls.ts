/** Names of the system calls that the child makes by number, or is refused. */
export type SyscallName =
  | 'bind'
  | 'bpf'
  | 'clone'
  | 'clone3'
  | 'connect'
  | 'execve'
  | 'execveat'
  | 'fork'
  | 'io_uring_setup'
  | 'kill'
  | 'perf_event_open'
  | 'pidfd_getfd'
  | 'pidfd_open'
  | 'pidfd_send_signal'
  | 'prctl'
  | 'prlimit64'
  | 'process_madvise'
  | 'process_vm_readv'
  | 'process_vm_writev'
  | 'ptrace'
  | 'rt_sigqueueinfo'
  | 'rt_tgsigqueueinfo'
  | 'seccomp'
  | 'socket'
  | 'socketpair'
  | 'tgkill'
  | 'tkill'
  | 'userfaultfd'
  | 'vfork';

/** System calls of one kind of processor on Linux. */
export interface Machine {
  /** `AUDIT_ARCH_…` of `linux/audit.h`. */
  architecture: number;
  numbers: Readonly<Partial<Record<SyscallName, number>> & Record<'prctl' | 'seccomp', number>>;
}

/** Of `asm/unistd.h`: x64 has a table of its own, arm64 the common one. From 424 on, both have the same. */
export const SYSCALLS: Readonly<Record<'x64' | 'arm64', Machine>> = {
  x64: {
    architecture: 0xc000_003e,
    numbers: {
      socket: 41,
      connect: 42,
      bind: 49,
      socketpair: 53,
      clone: 56,
      fork: 57,
      vfork: 58,
      execve: 59,
      kill: 62,
      ptrace: 101,
      rt_sigqueueinfo: 129,
      prctl: 157,
      tkill: 200,
      tgkill: 234,
      rt_tgsigqueueinfo: 297,
      perf_event_open: 298,
      prlimit64: 302,
      process_vm_readv: 310,
      process_vm_writev: 311,
      seccomp: 317,
      bpf: 321,
      execveat: 322,
      userfaultfd: 323,
      pidfd_send_signal: 424,
      io_uring_setup: 425,
      pidfd_open: 434,
      clone3: 435,
      pidfd_getfd: 438,
      process_madvise: 440,
    },
  },
  arm64: {
    architecture: 0xc000_00b7,
    numbers: {
      ptrace: 117,
      kill: 129,
      tkill: 130,
      tgkill: 131,
      rt_sigqueueinfo: 138,
      prctl: 167,
      socket: 198,
      socketpair: 199,
      bind: 200,
      connect: 203,
      clone: 220,
      execve: 221,
      rt_tgsigqueueinfo: 240,
      perf_event_open: 241,
      prlimit64: 261,
      process_vm_readv: 270,
      process_vm_writev: 271,
      seccomp: 277,
      bpf: 280,
      execveat: 281,
      userfaultfd: 282,
      pidfd_send_signal: 424,
      io_uring_setup: 425,
      pidfd_open: 434,
      clone3: 435,
      pidfd_getfd: 438,
      process_madvise: 440,
    },
  },
};

/** Numbers of Landlock, the same on every processor. */
export const LANDLOCK = { createRuleset: 444, addRule: 445, restrictSelf: 446 } as const;
