import { landlockVersion } from './child/landlock.js';
import { missingSeccomp } from './child/seccomp.js';
import { commonLibc } from './common-libc.js';
import { libc } from './libc.js';
import { supportHere } from './library-support.js';

/** Reasons for which this machine cannot do something, in the system's words; `undefined` if it can. */
export interface LibraryAbilities {
  /** To open a library in this process. */
  readonly inProcess: string | undefined;
  /** To run a library in a process of its own. */
  readonly child: string | undefined;
  /** To keep it from other processes: `confine: 'processes'`. */
  readonly seccomp: string | undefined;
  /** To keep it from files and sockets as well: `confine: 'all'`. */
  readonly landlock: string | undefined;
}

/** Checks this machine's abilities for native libraries. */
export function canCarry(): LibraryAbilities {
  const system = `${process.platform} ${process.arch}`;
  const support = supportHere();
  const inProcess = support === undefined ? `nothing is there for ${system}` : reasonOf(commonLibc);
  const noChild = `on ${system} libraries have no process of their own`;
  const child = inProcess ?? (support?.child === 'none' ? noChild : reasonOf(libc));
  const seccomp = child ?? missingSeccomp();
  const noLandlock = 'the kernel has no Landlock, or it is not switched on';
  return { inProcess, child, seccomp, landlock: seccomp ?? (landlockVersion() > 0 ? undefined : noLandlock) };
}

function reasonOf(run: () => unknown): string | undefined {
  try {
    run();
    return undefined;
  } catch (error) {
    return error instanceof Error ? error.message : String(error);
  }
}
