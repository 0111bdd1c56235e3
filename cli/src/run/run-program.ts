import type { Instance } from '@wasm-plugin/engine';
import type { ResolvedComponent } from '@wasm-plugin/engine/component';
import { runCommand } from '@wasm-plugin/engine/sandbox';

/** Returns true if a component is a program: if it exports `wasi:cli/run`. */
export function isProgram(type: ResolvedComponent): boolean {
  return [...type.exports.keys()].some((name) => /^wasi:cli\/run(?:@0\.2\.|$)/.test(name));
}

/** Runs a program to its end. Returns its exit code. */
export function runProgram(instance: Instance): number {
  return runCommand(instance);
}
