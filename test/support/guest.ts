import { parse } from '@bytecodealliance/jco-transpile/wasm-tools';
import { createEngine, type HostImports, type Instance } from '@wasm-plugin/engine';

/** The two ways in which lifts and lowers are made; whatever holds for one holds for the other. */
export const BACKENDS = ['generated', 'composed'] as const;

export type BackendName = (typeof BACKENDS)[number];

/** A running component made from text. */
export interface Guest {
  instance: Instance;
  /** Calls an exported function. */
  call(name: string, ...args: unknown[]): unknown;
  /** Calls it and gives what it throws, or `undefined`. */
  thrownBy(name: string, ...args: unknown[]): { code?: string; message: string } | undefined;
}

/** Instantiates a component from its text. */
export async function guestFrom(
  text: string,
  backend: BackendName,
  imports: HostImports = {},
): Promise<Guest> {
  const plugin = await createEngine({ backend, imports }).load(await parse(text));
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
