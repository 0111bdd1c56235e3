import { AbiError, ExitError } from '@wasm-plugin/abi';

/** The part of an instance that `runCommand` needs. */
export interface CommandInstance {
  readonly exports: Readonly<Record<string, unknown>>;
  close(): void;
}

/**
 * Runs a component that is a program: calls its `wasi:cli/run`, then closes the instance.
 * @returns its exit status, 0 where all went well
 * @throws {AbiError} WP_EXPORT_MISSING where it is none
 * @throws {PluginError} what else ended it: a trap, a quota, a capability
 */
export function runCommand(instance: CommandInstance): number {
  const name = Object.keys(instance.exports).find((key) => /^wasi:cli\/run(?:@0\.2\.|$)/.test(key));
  const command = name === undefined ? undefined : (instance.exports[name] as { run?: () => void });
  if (command?.run === undefined) {
    throw new AbiError('WP_EXPORT_MISSING', 'Cannot run the component: it does not export "wasi:cli/run"');
  }
  try {
    command.run();
    return 0;
  } catch (error) {
    if (error instanceof ExitError) return error.status;
    if ((error as { code?: unknown }).code === 'WP_GUEST') return 1;
    throw error;
  } finally {
    instance.close();
  }
}
