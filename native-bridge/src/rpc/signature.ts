import { GuestError, PluginError } from '@wasm-plugin/abi';
import { codecFrom, type ByteReader, type ByteWriter, type Codec } from '../value/index.js';
import type { OfferedFunction } from './hello.js';

/** A function with the codecs of its values. */
export class Signature {
  /** For messages, e.g. `wasm-plugin:abi/state@0.1.0#serialize`. */
  readonly name: string;
  readonly #params: readonly (readonly [name: string, codec: Codec])[];
  readonly #result: Codec | undefined;
  /** True if its error case is thrown. */
  readonly #fails: boolean;

  constructor({ interface: group, name, params, result }: OfferedFunction) {
    this.name = group === '' ? name : `${group}#${name}`;
    this.#params = params.map(([param, type]) => [param, codecFrom(type)]);
    this.#result = result === undefined ? undefined : codecFrom(result);
    this.#fails = typeof result === 'object' && 'result' in result;
  }

  /** @throws {TypeError} an argument does not fit its type */
  writeArguments(writer: ByteWriter, args: readonly unknown[]): void {
    for (let index = 0; index < this.#params.length; index++) {
      const [name, codec] = this.#params[index] as readonly [string, Codec];
      codec.encode(writer, args[index], name);
    }
  }

  /** @throws {PluginError} WP_BRIDGE */
  readArguments(reader: ByteReader): unknown[] {
    const args = this.#params.map(([, codec]) => codec.decode(reader));
    reader.end();
    return args;
  }

  /**
   * Writes a function's result, or the error case that it threw.
   * @throws any other error of the function
   */
  writeResult(writer: ByteWriter, outcome: { value: unknown } | { thrown: unknown }): void {
    if ('thrown' in outcome) {
      if (!this.#fails || !isErrorCase(outcome.thrown)) throw outcome.thrown;
      this.#result?.encode(writer, { tag: 'err', val: outcome.thrown.payload }, 'the error of the result');
    } else if (this.#fails) {
      this.#result?.encode(writer, { tag: 'ok', val: outcome.value }, 'the result');
    } else {
      this.#result?.encode(writer, outcome.value, 'the result');
    }
  }

  /**
   * Reads a result.
   * @throws {GuestError} WP_GUEST the function returned its error case
   * @throws {PluginError} WP_BRIDGE the bytes are no result
   */
  readResult(reader: ByteReader): unknown {
    const value = this.#result?.decode(reader);
    reader.end();
    if (!this.#fails) return value;
    const { tag, val } = value as { tag: 'ok' | 'err'; val?: unknown };
    if (tag === 'err') throw new GuestError(val);
    return val;
  }
}

/** Returns true for the thrown error case of a result: jco throws objects with a `payload`, plain or errors. */
function isErrorCase(thrown: unknown): thrown is { payload: unknown } {
  if (typeof thrown !== 'object' || thrown === null || !('payload' in thrown)) return false;
  return !PluginError.is(thrown) || thrown.code === 'WP_GUEST';
}
