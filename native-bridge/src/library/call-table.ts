import { ABI_EXPORTS } from '../abi/index.js';
import {
  codecFrom,
  type ByteReader,
  type ByteWriter,
  type Codec,
  type FunctionType,
} from '../value/index.js';

/** A function that a native plugin can have. */
export interface CallEntry {
  /** Index of the call in `CALLS`. */
  readonly index: number;
  readonly interface: keyof typeof ABI_EXPORTS;
  /** In WIT's kebab-case. */
  readonly name: string;
  readonly type: FunctionType;
  readonly params: readonly (readonly [name: string, codec: Codec])[];
  readonly result: Codec | undefined;
}

/** Every function of the ABI, in a fixed order: a call crosses as an index into it. */
export const CALLS: readonly CallEntry[] = Object.entries(ABI_EXPORTS)
  .flatMap(([group, functions]) =>
    Object.entries<FunctionType>(functions).map(([name, type]) => ({
      interface: group as keyof typeof ABI_EXPORTS,
      name,
      type,
      params: type.params.map(([param, of]) => [param, codecFrom(of)] as const),
      result: type.result === undefined ? undefined : codecFrom(type.result),
    })),
  )
  .map((entry, index) => ({ index, ...entry }));

/** Writes the arguments of a call. @throws {TypeError} one does not fit its type */
export function encodeArguments(writer: ByteWriter, { params }: CallEntry, args: readonly unknown[]): void {
  for (let index = 0; index < params.length; index++) {
    const [name, codec] = params[index] as CallEntry['params'][number];
    codec.encode(writer, args[index], name);
  }
}

/** @throws {PluginError} WP_BRIDGE */
export function decodeArguments(reader: ByteReader, { params }: CallEntry): unknown[] {
  return params.map(([, codec]) => codec.decode(reader));
}
