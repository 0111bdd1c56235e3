import { AbiError, ExitError } from '@wasm-plugin/abi';

/** The part of an instance that `runCommand` needs. */
export interface CommandInstance {
  readonly exports: Readonly<Record<string, unknown>>;
  close(): void;
}

/** The same of an instance whose functions give promises: `isolation: 'worker'`. */
export interface IsolatedCommandInstance extends CommandInstance {
  refuseReentry(): void;
}

/**
 * Runs a component that is a program: calls its `wasi:cli/run`, then closes the instance. Where functions give promises, it
 * gives one too.
 * @returns its exit status, 0 where all went well
 * @throws {AbiError} WP_EXPORT_MISSING where it is none
 * @throws {PluginError} what else ended it: a trap, a quota, a capability
 */
export function runCommand(instance: IsolatedCommandInstance): Promise<number>;
export function runCommand(instance: CommandInstance): number;
export function runCommand(instance: CommandInstance): number | Promise<number> {
  const name = Object.keys(instance.exports).find((key) => /^wasi:cli\/run(?:@0\.2\.|$)/.test(key));
  const command = name === undefined ? undefined : (instance.exports[name] as { run?: () => unknown });
  if (command?.run === undefined) {
    throw new AbiError('WP_EXPORT_MISSING', 'Cannot run the component: it does not export "wasi:cli/run"');
  }
  let ended: unknown;
  try {
    ended = command.run();
  } catch (error) {
    return closed(instance, () => statusOf(error));
  }
  if (!(ended instanceof Promise)) return closed(instance, () => 0);
  return ended.then(
    () => closed(instance, () => 0),
    (error: unknown) => closed(instance, () => statusOf(error)),
  );
}

function closed(instance: CommandInstance, status: () => number): number {
  instance.close();
  return status();
}

/** Reads the status out of what a program threw. Throws what has none. */
function statusOf(error: unknown): number {
  if (error instanceof ExitError) return error.status;
  if ((error as { code?: unknown }).code === 'WP_GUEST') return 1;
  throw error;
}
