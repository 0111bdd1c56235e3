import { AbiError, ExitError, PluginError } from '@wasm-plugin/abi';

/** The part of an instance that `runCommand` needs. */
export interface CommandInstance {
  readonly exports: object;
  close(): void;
}

/** The same of an instance whose functions give promises: `isolation: 'worker'`. */
export interface IsolatedCommandInstance extends CommandInstance {
  refuseReentry(): void;
}

/** Options of `runCommand`. */
export interface RunCommandOptions {
  /**
   * Takes an end of the program other than its own exit, e.g. a trap or a quota. The exit status is then 134, as a shell
   * reports for a program that was aborted.
   * @default it is thrown
   */
  onTrap?: (error: PluginError) => unknown;
}

const ABORTED = 134;

/**
 * Runs a component that is a program: calls its `wasi:cli/run`, then closes the instance. If the functions return promises, it
 * returns one too.
 * @returns its exit status: 0 for success, 1 if its `run` failed, else the status that it exited with
 * @throws {AbiError} WP_EXPORT_MISSING if it is no program
 * @throws {PluginError} any other end, without `onTrap`: a trap, a quota, a capability
 */
export function runCommand(instance: IsolatedCommandInstance, options?: RunCommandOptions): Promise<number>;
export function runCommand(instance: CommandInstance, options?: RunCommandOptions): number;
export function runCommand(
  instance: CommandInstance,
  { onTrap }: RunCommandOptions = {},
): number | Promise<number> {
  const exports = instance.exports as Record<string, unknown>;
  const name = Object.keys(exports).find((key) => /^wasi:cli\/run(?:@0\.2\.|$)/.test(key));
  const command = name === undefined ? undefined : (exports[name] as { run?: () => unknown });
  if (command?.run === undefined) {
    throw new AbiError('WP_EXPORT_MISSING', 'Cannot run the component: it does not export "wasi:cli/run"');
  }
  let ended: unknown;
  try {
    ended = command.run();
  } catch (error) {
    return closed(instance, () => statusOf(error, onTrap));
  }
  if (!(ended instanceof Promise)) return closed(instance, () => 0);
  return ended.then(
    () => closed(instance, () => 0),
    (error: unknown) => closed(instance, () => statusOf(error, onTrap)),
  );
}

function closed(instance: CommandInstance, status: () => number): number {
  instance.close();
  return status();
}

/** Reads the status out of a program's error. Throws an error without a status, unless `onTrap` takes it. */
function statusOf(error: unknown, onTrap: RunCommandOptions['onTrap']): number {
  if (error instanceof ExitError) return error.status;
  if (!PluginError.is(error)) throw error;
  if (error.code === 'WP_GUEST') return 1;
  if (onTrap === undefined) throw error;
  onTrap(error);
  return ABORTED;
}
