import { PluginError, type Limits, type ResolvedLimits } from '@wasm-plugin/abi';
import { createEngine, type Instance } from '@wasm-plugin/engine';
import type { Sandbox } from '@wasm-plugin/engine/sandbox';
import { CliError } from '../cli-error.js';
import { loadError, type ComponentFile } from '../component/index.js';
import { grantHint, openSandbox, type SandboxSettings } from './open-sandbox.js';

/** A running component and its sandbox. */
export interface Started {
  instance: Instance;
  sandbox: Sandbox;
}

/**
 * Starts a component in a sandbox, passes it to `work`, and ends it. An error after a refusal names the grant to add.
 * @throws {CliError} it cannot be loaded, or an import is missing
 */
export async function withComponent<T>(
  file: ComponentFile,
  {
    limits,
    resolved,
    ...rest
  }: Omit<SandboxSettings, 'path' | 'limits'> & { limits: Limits; resolved: ResolvedLimits },
  work: (started: Started) => T | Promise<T>,
): Promise<T> {
  const { wallMs, logLinesPerSecond } = resolved;
  const sandbox = openSandbox(file.type, { ...rest, path: file.path, limits: { wallMs, logLinesPerSecond } });
  const engine = createEngine({ limits });
  try {
    const plugin = await engine.load(file.bytes, { name: file.path });
    const instance = plugin.instantiate({ imports: sandbox.imports });
    return await work({ instance, sandbox });
  } catch (error) {
    if (PluginError.is(error) && error.code.startsWith('WP_MODULE')) throw loadError(file.path, error);
    throw withHint(error, sandbox);
  } finally {
    sandbox.close();
    engine.close();
  }
}

function withHint(error: unknown, { denials }: Sandbox): unknown {
  const hint = grantHint(denials);
  if (hint === undefined || !(PluginError.is(error) || error instanceof CliError)) return error;
  if (error instanceof CliError) {
    const { message, exitCode, code, payload } = error;
    return new CliError(message, { exitCode, code, payload, hint: error.hint ?? hint });
  }
  return Object.assign(error, { hint });
}
