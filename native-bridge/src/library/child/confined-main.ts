import { existsSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { createRequire } from 'node:module';
import { ByteWriter } from '../../value/index.js';
import { Arena } from '../arena.js';
import { koffiFfi } from '../koffi-ffi.js';
import { libc, LINUX } from '../libc.js';
import { readOnly } from './landlock.js';
import { begin, MESSAGE } from './message.js';
import { mapSharedMemory, SHARED_FD } from './shared-memory.js';
import { Turns } from './turns.js';

// A child process: gives up most files, then becomes `child-main.js` with its arguments. Landlock restricts the thread that
// asks for it and programs that it starts: other threads of this process would stay free, so the library is opened in a program
// that was started under it.
const args = process.argv.slice(2);
const [library = '', parent = ''] = args;

/** More than there are. */
const LAST_CAPABILITY = 63;

/** Paths that every program reads as it starts, and the libraries of the system. */
const SYSTEM = [
  '/usr',
  '/lib',
  '/lib64',
  '/etc/ld.so.cache',
  '/etc/ssl/openssl.cnf',
  '/etc/localtime',
  '/dev/null',
  '/dev/urandom',
];

libc().prctl(LINUX.PR_SET_PDEATHSIG, LINUX.SIGKILL);
if (libc().getppid() !== Number(parent)) process.exit(1);

try {
  readOnly([...SYSTEM, process.execPath, `/proc/${process.pid}`, dirname(library), ...codeFolders()]);
  become([
    process.execPath,
    ...process.execArgv,
    fileURLToPath(new URL('child-main.js', import.meta.url)),
    ...args,
  ]);
} catch (error) {
  const writer = new ByteWriter();
  begin(writer, MESSAGE.dead).string(error instanceof Error ? error.message : String(error));
  new Turns(mapSharedMemory(SHARED_FD), 'child').send(writer, () => undefined);
  process.exit(1);
}

/** The packages that `child-main.js` is made of. */
function codeFolders(): string[] {
  const koffi = createRequire(import.meta.url).resolve('koffi');
  const native = `@koromix/koffi-${process.platform}-${process.arch}`;
  return [
    packageOf(fileURLToPath(import.meta.url)),
    packageOf(fileURLToPath(import.meta.resolve('@wasm-plugin/abi'))),
    packageOf(koffi),
    ...(createRequire(koffi).resolve.paths(native) ?? []).map((folder) => join(folder, native)),
  ];
}

function packageOf(path: string): string {
  let folder = dirname(path);
  while (!existsSync(join(folder, 'package.json')) && folder !== dirname(folder)) folder = dirname(folder);
  return folder;
}

/** Replaces the program of this process. @throws {Error} it could not be replaced */
function become(command: readonly string[]): never {
  // Drops the rights of root that the started program could have; fails for other users, who have none.
  for (let capability = 0; capability <= LAST_CAPABILITY; capability++)
    libc().prctl(LINUX.PR_CAPBSET_DROP, capability);
  // Node.js has marked the descriptors that it was given: they would be closed.
  for (let fd = 0; fd <= SHARED_FD; fd++) libc().fcntl(fd, LINUX.F_SETFD, 0);
  const arena = new Arena(koffiFfi);
  const list = arena.pointers([...command.map((word) => arena.text(word)), 0]);
  libc().execve(arena.text(process.execPath), list, arena.pointers([0]));
  throw new Error(`the system does not start "${process.execPath}": error ${libc().errno()}`);
}
