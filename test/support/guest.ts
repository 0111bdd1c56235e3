import { parse } from '@bytecodealliance/jco-transpile/wasm-tools';
import { createEngine, type HostImports, type Instance } from '@wasm-plugin/engine';

/** The two backends of lifts and lowers; each rule holds for both. */
export const BACKENDS = ['generated', 'composed'] as const;

export type BackendName = (typeof BACKENDS)[number];

/** A running component made from text. */
export interface Guest {
  instance: Instance;
  /** Calls an exported function. */
  call(name: string, ...args: unknown[]): unknown;
  /** Calls it and returns its error, or `undefined`. */
  thrownBy(name: string, ...args: unknown[]): { code?: string; message: string } | undefined;
}

/** Stands for `try call $f catch_all end`, which the text parser does not know and every Node does. */
export const catching = (call: string): string => `(block ${call} nop nop)`;

/** Puts the instructions in that `catching` stands for: block, call, nop, nop, end become try, call, catch_all, nop, end. */
function withCatches(bytes: Uint8Array): Uint8Array {
  for (let at = 0; at + 6 < bytes.length; at++) {
    const [block, type, call, , first, second, end] = bytes.subarray(at, at + 7);
    if (block !== 0x02 || type !== 0x40 || call !== 0x10) continue;
    if (first !== 0x01 || second !== 0x01 || end !== 0x0b) continue;
    bytes[at] = 0x06;
    bytes[at + 4] = 0x19;
  }
  return bytes;
}

/** Instantiates a component from its text. */
export async function guestFrom(
  text: string,
  backend: BackendName,
  imports: HostImports = {},
): Promise<Guest> {
  const plugin = await createEngine({ backend, imports }).load(withCatches(await parse(text)));
  const instance = plugin.instantiate();
  const call = (name: string, ...args: unknown[]): unknown =>
    (instance.exports[name] as (...args: unknown[]) => unknown)(...args);
  const thrownBy: Guest['thrownBy'] = (name, ...args) => {
    try {
      call(name, ...args);
      return undefined;
    } catch (error) {
      return error as Error;
    }
  };
  return { instance, call, thrownBy };
}
