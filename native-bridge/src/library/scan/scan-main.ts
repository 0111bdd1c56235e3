import { writeSync } from 'node:fs';
import { restrict } from '../child/restrict.js';
import { koffiFfi } from '../koffi-ffi.js';
import { libc, LINUX } from '../libc.js';
import { openLibrary } from '../open-plugin.js';

// A child process: opens one library and writes a description of it. `node scan-main.js PATH PARENT MEMORY`.
const [, , path = '', parent = '', memoryBytes = ''] = process.argv;
const VERDICT_FD = 3;

libc().prctl(LINUX.PR_SET_PDEATHSIG, LINUX.SIGKILL);
if (libc().getppid() !== Number(parent)) process.exit(1);

function verdict(): object {
  try {
    restrict({ memoryBytes: Number(memoryBytes), confine: undefined });
    const { format, plugins } = openLibrary(koffiFfi, path);
    return { format, plugins };
  } catch (error) {
    return { error: error instanceof Error ? error.message : String(error) };
  }
}

writeSync(VERDICT_FD, JSON.stringify(verdict()));
// Without its destructors, which may crash or wait.
process.kill(process.pid, 'SIGKILL');
