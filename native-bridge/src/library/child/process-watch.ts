import { koffiFfi } from '../koffi-ffi.js';
import { libc, LINUX } from '../libc.js';

const SIGNALS: Readonly<Record<number, string>> = {
  4: 'SIGILL',
  6: 'SIGABRT',
  7: 'SIGBUS',
  8: 'SIGFPE',
  9: 'SIGKILL',
  11: 'SIGSEGV',
  31: 'SIGSYS',
};

const CLD_EXITED = 1;

/** Asks the system how a child ended, without waiting and without taking the news from Node.js. */
export class ProcessWatch {
  readonly #pid: number;
  readonly #info = koffiFfi.allocate(128);
  readonly #view = new DataView(this.#info.bytes);

  constructor(pid: number) {
    this.#pid = pid;
  }

  /** Returns how the child ended; `undefined` while it runs. */
  ending(): string | undefined {
    const { P_PID, WNOHANG, WEXITED, WNOWAIT, SIGCHLD } = LINUX;
    this.#view.setInt32(0, 0, true);
    const failed = libc().waitid(P_PID, this.#pid, this.#info.address, WNOHANG | WEXITED | WNOWAIT) !== 0;
    if (failed) return 'its process ended';
    if (this.#view.getInt32(0, true) !== SIGCHLD) return undefined;
    const status = this.#view.getInt32(24, true);
    return describeEnding(this.#view.getInt32(8, true) === CLD_EXITED ? status : (SIGNALS[status] ?? status));
  }

  close(): void {
    this.#info.free();
  }
}

/** @param how the exit status, or the name of the signal */
export function describeEnding(how: number | string): string {
  return typeof how === 'string' ? `its process ended by ${how}` : `its process ended with status ${how}`;
}
