import { closeSync, constants, openSync, statSync } from 'node:fs';
import { Arena } from '../arena.js';
import { koffiFfi } from '../koffi-ffi.js';
import { libc } from '../libc.js';
import { LANDLOCK, SYSCALLS, type Machine } from './syscalls.js';

const ASK_VERSION = 1;
const RULE_PATH_BENEATH = 1;
const PR_SET_NO_NEW_PRIVS = 38;
const O_PATH = 0x20_0000;
const READ_FILE = 1 | 4;
const READ_FOLDER = READ_FILE | 8;

/** For each version of Landlock the number of rights on files that it knows; later ones know those of the last. */
const FILE_RIGHTS = [0, 13, 14, 15, 15, 16] as const;
const NETWORK_SINCE = 4;
const SCOPES_SINCE = 6;

/** Returns the version of Landlock that the system has; 0 for none. */
export function landlockVersion(): number {
  return Math.max(0, libc().syscall(LANDLOCK.createRuleset, 0, 0, ASK_VERSION, 0, 0));
}

/**
 * Takes files, TCP and signals to other programs from this thread and from programs that it starts, for ever: only `readable`
 * can be read. Other threads keep their rights, so a program to be restricted has to be started from here.
 * @param readable files, and folders with everything in them; absent ones are left out
 * @throws {Error} the system has no Landlock
 */
export function readOnly(readable: readonly string[]): void {
  const version = landlockVersion();
  if (version === 0) throw new Error('the system has no Landlock');
  const { syscall } = libc();
  const { prctl } = (SYSCALLS[process.arch as keyof typeof SYSCALLS] as Machine).numbers;
  const arena = new Arena(koffiFfi);
  const rights = 2 ** (FILE_RIGHTS[version] ?? (FILE_RIGHTS.at(-1) as number)) - 1;
  const handled = [rights, ...(version >= NETWORK_SINCE ? [3] : []), ...(version >= SCOPES_SINCE ? [3] : [])];
  const attributes = new BigUint64Array(handled.map(BigInt));
  const at = arena.bytes(new Uint8Array(attributes.buffer));
  const ruleset = syscall(LANDLOCK.createRuleset, at, attributes.byteLength, 0, 0, 0);
  if (ruleset < 0) throw refusal('landlock_create_ruleset');
  for (const path of readable) allow(arena, ruleset, path);
  if (syscall(prctl, PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0) !== 0) throw refusal('PR_SET_NO_NEW_PRIVS');
  if (syscall(LANDLOCK.restrictSelf, ruleset, 0, 0, 0, 0) !== 0) throw refusal('landlock_restrict_self');
  libc().close(ruleset);
  arena.free();
}

function allow(arena: Arena, ruleset: number, path: string): void {
  const found = statSync(path, { throwIfNoEntry: false });
  if (found === undefined) return;
  const fd = openSync(path, O_PATH | constants.O_RDONLY);
  const rule = new DataView(new ArrayBuffer(16));
  rule.setBigUint64(0, BigInt(found.isDirectory() ? READ_FOLDER : READ_FILE), true);
  rule.setInt32(8, fd, true);
  const at = arena.bytes(new Uint8Array(rule.buffer));
  const failed = libc().syscall(LANDLOCK.addRule, ruleset, RULE_PATH_BENEATH, at, 0, 0) !== 0;
  closeSync(fd);
  if (failed) throw refusal(`a rule for "${path}"`);
}

function refusal(what: string): Error {
  return new Error(`the system refuses ${what}: error ${libc().errno()}`);
}
