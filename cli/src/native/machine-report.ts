import { canCarry } from '@wasm-plugin/native-bridge';
import type { Io } from '../io.js';
import { canWasm } from './can-wasm.js';

/** Something that this machine can do, or cannot. */
export interface Ability {
  what: string;
  /** True if it can. */
  ok: boolean;
  /** Reason for which it cannot, or the substitute that runs instead. */
  reason: string;
}

/** Carriers of this machine, for `wasm-plugin doctor`. */
export interface MachineReport {
  node: string;
  os: string;
  cpu: string;
  libc: string;
  abilities: Ability[];
}

/** Looks at the machine: runs no plugin. */
export function machineReport(): MachineReport {
  const { inProcess, child, seccomp, landlock } = canCarry();
  const ability = (what: string, reason: string | undefined): Ability => ({
    what,
    ok: reason === undefined,
    reason: reason ?? '',
  });
  return {
    node: process.versions.node,
    os: process.platform,
    cpu: process.arch,
    libc: libcName(),
    abilities: [
      ...canWasm().map(([what, reason]) => ability(what, reason)),
      ability('carrier "library", in a child process', child),
      ability('carrier "library", unsafeInProcess', inProcess),
      ability('libraries start no process (confine: "processes")', seccomp),
      ability('libraries have no files, no sockets (confine: "all")', landlock),
      ability('carrier "rpc"', undefined),
    ],
  };
}

function libcName(): string {
  if (process.platform !== 'linux') return '';
  const { glibcVersionRuntime: glibc } = (
    process.report.getReport() as { header: { glibcVersionRuntime?: string } }
  ).header;
  return glibc === undefined ? 'musl' : `glibc ${glibc}`;
}

/** Writes it for people. */
export function renderMachine({ node, os, cpu, libc, abilities }: MachineReport, io: Io): string {
  const lines = abilities.map(({ what, ok, reason }) =>
    ok ? `${io.style('green', '✓')} ${what}` : `${io.style('red', '✗')} ${what}: ${reason}`,
  );
  return [`Node.js ${node} on ${[os, cpu, libc].filter(Boolean).join(', ')}`, '', ...lines, ''].join('\n');
}
