import { ExitError } from '@wasm-plugin/abi';

/** The interface `wasi:cli/exit`: ends the instance, never the process. Needs no capability. */
export function exitImports(plugin: string | undefined): Record<string, unknown> {
  return {
    'wasi:cli/exit@0.2.0': {
      exit(status: { tag?: unknown } | undefined): never {
        throw new ExitError(status?.tag === 'ok' ? 0 : 1, { plugin });
      },
      exitWithCode(code: unknown): never {
        throw new ExitError(Number(code) & 0xff, { plugin });
      },
    },
  };
}
