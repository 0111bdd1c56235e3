import koffi from 'koffi';
import { landlockVersion } from './child/landlock.js';
import { missingSeccomp } from './child/seccomp.js';
import { libc } from './libc.js';

/** Why this machine cannot do something, in the system's words; `undefined` where it can. */
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

/** Says what this machine can do for native libraries. */
export function canCarry(): LibraryAbilities {
  const inProcess = reasonOf(() => koffi.load(null));
  const child = inProcess ?? reasonOf(libc);
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
