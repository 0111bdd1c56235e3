import { TrapError } from '@wasm-plugin/abi';

/** Builds the error for a guest that broke a rule of the canonical ABI. */
export function abiTrap(reason: string): TrapError {
  return new TrapError('WP_TRAP_ABI', `Cannot go on with the instance: ${reason}`, { reason });
}

/** The error for a guest's value that is none of its type. The reader of the value adds the part of the call. */
export class BadValue extends TrapError {
  override name = 'TrapError';

  constructor(reason: string) {
    super('WP_TRAP_ABI', `Cannot go on with the instance: ${reason}`, { reason });
  }

  /** Makes the same error with the place, e.g. `the parameter "level" of "log#log"`. */
  at(place: string, plugin: string | undefined): TrapError {
    const reason = `${this.reason}, in ${place}`;
    return new TrapError('WP_TRAP_ABI', `Cannot go on with the instance: ${reason}`, {
      plugin,
      cause: this,
      reason,
    });
  }
}

/** Builds the error for a value of a guest that is none of its type. */
export function badValue(reason: string): BadValue {
  return new BadValue(reason);
}

// (module (func (export "t") unreachable))
const TRAP_MODULE = new Uint8Array([
  0, 97, 115, 109, 1, 0, 0, 0, 1, 4, 1, 96, 0, 0, 3, 2, 1, 0, 7, 5, 1, 1, 116, 0, 0, 10, 5, 1, 3, 0, 0, 11,
]);
let trap: (() => void) | undefined;

/**
 * Makes an exception that a guest's `catch_all` does not see: a real trap of the engine, with `cause` attached. A plain
 * JavaScript exception thrown through guest frames would be caught by them.
 */
export function uncatchable(cause: unknown): WebAssembly.RuntimeError {
  trap ??= new WebAssembly.Instance(new WebAssembly.Module(TRAP_MODULE)).exports['t'] as () => void;
  try {
    trap();
  } catch (error) {
    (error as Error).cause = cause;
    return error as WebAssembly.RuntimeError;
  }
  throw new Error('unreachable');
}
