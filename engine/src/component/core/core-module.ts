import { ModuleError } from '@wasm-plugin/abi';
import { decodeModule, type CoreModule } from '../../module/index.js';
import type { CoreModuleDefinition } from '../model.js';

/**
 * Decodes a core module of a component.
 * @throws {ModuleError} WP_MODULE_MALFORMED, WP_MODULE_UNSUPPORTED, WP_MODULE_LIMIT, with the offset in the component
 */
export function decodeCoreModule(definition: CoreModuleDefinition): CoreModule {
  return inCoreModule(definition, () => decodeModule(definition.bytes));
}

/**
 * Runs a reader of a core module in a component. Offsets in its errors are from the start of the module; those in the errors of
 * this function are from the start of the component, and name the core module's section.
 */
export function inCoreModule<T>({ at }: Pick<CoreModuleDefinition, 'at'>, run: () => T): T {
  try {
    return run();
  } catch (error) {
    if (!(error instanceof ModuleError)) throw error;
    throw new ModuleError(error.code as 'WP_MODULE_INVALID', error.fault, {
      offset: at + error.offset,
      section: error.section === undefined ? 'core module' : `core ${error.section}`,
      cause: error.cause ?? error,
    });
  }
}
