/** Names of the system calls that the child makes by number, or is refused. */
export type SyscallName =
  | 'add_key'
  | 'bind'
  | 'bpf'
  | 'chmod'
  | 'chown'
  | 'clone'
  | 'clone3'
  | 'connect'
  | 'execve'
  | 'execveat'
  | 'fchmod'
  | 'fchmodat'
  | 'fchmodat2'
  | 'fchown'
  | 'fchownat'
  | 'fork'
  | 'fremovexattr'
  | 'fsetxattr'
  | 'futimesat'
  | 'io_uring_setup'
  | 'keyctl'
  | 'kill'
  | 'lchown'
  | 'lremovexattr'
  | 'lsetxattr'
  | 'mq_open'
  | 'msgget'
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
  | 'removexattr'
  | 'request_key'
  | 'rt_sigqueueinfo'
  | 'rt_tgsigqueueinfo'
  | 'seccomp'
  | 'semget'
  | 'setxattr'
  | 'shmget'
  | 'socket'
  | 'socketpair'
  | 'tgkill'
  | 'tkill'
  | 'userfaultfd'
  | 'utime'
  | 'utimensat'
  | 'utimes'
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
      shmget: 29,
      socket: 41,
      connect: 42,
      bind: 49,
      socketpair: 53,
      clone: 56,
      fork: 57,
      vfork: 58,
      execve: 59,
      kill: 62,
      semget: 64,
      msgget: 68,
      chmod: 90,
      fchmod: 91,
      chown: 92,
      fchown: 93,
      lchown: 94,
      ptrace: 101,
      rt_sigqueueinfo: 129,
      utime: 132,
      prctl: 157,
      setxattr: 188,
      lsetxattr: 189,
      fsetxattr: 190,
      removexattr: 197,
      lremovexattr: 198,
      fremovexattr: 199,
      tkill: 200,
      tgkill: 234,
      utimes: 235,
      mq_open: 240,
      add_key: 248,
      request_key: 249,
      keyctl: 250,
      fchownat: 260,
      futimesat: 261,
      fchmodat: 268,
      utimensat: 280,
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
      fchmodat2: 452,
    },
  },
  arm64: {
    architecture: 0xc000_00b7,
    numbers: {
      setxattr: 5,
      lsetxattr: 6,
      fsetxattr: 7,
      removexattr: 14,
      lremovexattr: 15,
      fremovexattr: 16,
      fchmod: 52,
      fchmodat: 53,
      fchownat: 54,
      fchown: 55,
      utimensat: 88,
      ptrace: 117,
      kill: 129,
      tkill: 130,
      tgkill: 131,
      rt_sigqueueinfo: 138,
      prctl: 167,
      mq_open: 180,
      msgget: 186,
      semget: 190,
      shmget: 194,
      socket: 198,
      socketpair: 199,
      bind: 200,
      connect: 203,
      add_key: 217,
      request_key: 218,
      keyctl: 219,
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
      fchmodat2: 452,
    },
  },
};

/** Numbers of Landlock, the same on every processor. */
export const LANDLOCK = { createRuleset: 444, addRule: 445, restrictSelf: 446 } as const;
