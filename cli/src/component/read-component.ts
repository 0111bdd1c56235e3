import { PluginError } from '@wasm-plugin/abi';
import {
  decodeComponent,
  validateComponent,
  type Component,
  type ResolvedComponent,
} from '@wasm-plugin/engine/component';
import { CliError } from '../cli-error.js';
import { refuseOtherFile } from './refuse-other-file.js';
import { readInput } from './read-input.js';

/** A component file, decoded and validated. */
export interface ComponentFile {
  path: string;
  bytes: Uint8Array;
  component: Component;
  /** Imports and exports of the component. */
  type: ResolvedComponent;
}

/**
 * Reads a component that the user named.
 * @throws {CliError} it cannot be read, or is something else
 */
export function readComponent(path: string): ComponentFile {
  const bytes = readInput(path);
  refuseOtherFile(path, bytes);
  return explaining(path, () => {
    const component = decodeComponent(bytes);
    return { path, bytes, component, type: validateComponent(component) };
  });
}

/** Adds the file to any error of the engine about it. */
export function explaining<T>(path: string, work: () => T): T {
  try {
    return work();
  } catch (error) {
    if (!PluginError.is(error)) throw error;
    throw loadError(path, error);
  }
}

/** The error for the user out of one of the engine about a file. */
export function loadError(path: string, error: PluginError): CliError {
  return new CliError(`Cannot load "${path}": ${error.reason}`, {
    code: error.code,
    hint:
      error.code === 'WP_MODULE_UNSUPPORTED'
        ? 'The engine runs what the component model has up to Preview 2: no async functions, streams or futures'
        : undefined,
  });
}
