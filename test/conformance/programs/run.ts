import type { Mount, ProgramCase } from './program-case.js';

/** Compared results of a run. */
export interface Ending {
  stdout: string;
  stderr: string;
  status: number;
  /** Everything in the folder afterwards. */
  files: string;
}

/** Settings of a run beside its case. */
export interface RunContext {
  /** The component. */
  file: string;
  /** Folder of the case: filled, and on the same path for every run. */
  folder: string;
}

/** Returns the path that a program knows the folder by. */
export function guestPath(mount: Mount, folder: string): string {
  if (mount === 'absolute') return folder;
  return mount === 'mapped' ? '/data' : '.';
}

/** Returns the arguments of a run, the program's name first. */
export function argumentsOf({ program, args, mount = 'own' }: ProgramCase, folder: string): string[] {
  return [program, ...args.map((word) => word.replaceAll('@', guestPath(mount, folder)))];
}
