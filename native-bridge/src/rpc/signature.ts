import { GuestError, PluginError } from '@wasm-plugin/abi';
import {
  codecFrom,
  type ByteReader,
  type ByteWriter,
  type Codec,
  type HandleCodecs,
} from '../value/index.js';
import type { OfferedFunction } from './hello.js';

/** The end of a call: what it returned or threw. */
export type Outcome = { value: unknown } | { thrown: unknown };

/** A function with the codecs of its values. */
export class Signature {
  /** For messages, e.g. `wasm-plugin:abi/state@0.1.0#serialize`. */
  readonly name: string;
  readonly #params: readonly (readonly [name: string, codec: Codec])[];
  readonly #result: Codec | undefined;
  /** True if its error case is thrown. */
  readonly #fails: boolean;
  /** True if it takes or returns handles of resources. */
  readonly hasHandles: boolean;

  /**
   * @param handles those of the connection. @default it takes no handles
   * @throws {TypeError} it has handles where none may be
   */
  constructor({ interface: group, name, params, result }: OfferedFunction, handles?: HandleCodecs) {
    this.name = group === '' ? name : `${group}#${name}`;
    let hasHandles = false;
    const counted = handles && {
      own: (resource: string, imported: boolean): Codec => {
        hasHandles = true;
        return handles.own(resource, imported);
      },
      borrow: (resource: string, imported: boolean): Codec => {
        hasHandles = true;
        return handles.borrow(resource, imported);
      },
    };
    const returned = counted && {
      own: counted.own,
      borrow: (resource: string): never => {
        throw new TypeError(`Cannot carry "${this.name}": it returns a borrowed "${resource}"`);
      },
    };
    this.#params = params.map(([param, type]) => [param, codecFrom(type, counted)]);
    this.#result = result === undefined ? undefined : codecFrom(result, returned);
    this.hasHandles = hasHandles;
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
    const args = this.#readArguments(reader);
    reader.end();
    return args;
  }

  /** Reads the arguments of `count` calls. @throws {PluginError} WP_BRIDGE */
  readBatch(reader: ByteReader, count: number): unknown[][] {
    const batch: unknown[][] = [];
    for (let index = 0; index < count; index++) {
      // A function without parameters has no bytes: its calls are counted all the same.
      reader.charge(CALL_BYTES);
      batch.push(this.#readArguments(reader));
    }
    reader.end();
    return batch;
  }

  /** Writes what a function returned, or the error case that it threw. @throws what else it threw */
  writeResult(writer: ByteWriter, outcome: Outcome): void {
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
    return this.#fails ? okOf(value) : value;
  }

  /** Reads the results of `count` calls. @throws as `readResult`; {GuestError} that of the first one that has an error case */
  readResults(reader: ByteReader, count: number): unknown[] {
    const values = Array.from({ length: count }, () => this.#result?.decode(reader));
    reader.end();
    return this.#fails ? values.map(okOf) : values;
  }

  #readArguments(reader: ByteReader): unknown[] {
    return this.#params.map(([, codec]) => codec.decode(reader));
  }
}

/** Heap of a call of a batch, about, in bytes. */
const CALL_BYTES = 100;

function okOf(value: unknown): unknown {
  const { tag, val } = value as { tag: 'ok' | 'err'; val?: unknown };
  if (tag === 'err') throw new GuestError(val);
  return val;
}

/** Returns true for the thrown error case of a result: jco throws objects with a `payload`, plain or errors. */
export function isErrorCase(thrown: unknown): thrown is { payload: unknown } {
  if (typeof thrown !== 'object' || thrown === null || !('payload' in thrown)) return false;
  return !PluginError.is(thrown) || thrown.code === 'WP_GUEST';
}
