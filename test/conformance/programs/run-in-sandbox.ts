import { readFileSync } from 'node:fs';
import { createEngine, type Plugin } from '@wasm-plugin/engine';
import { createSandbox, runCommand } from '@wasm-plugin/engine/sandbox';
import type { ProgramCase } from './program-case.js';
import { argumentsOf, guestPath, type Ending, type RunContext } from './run.js';
import { snapshot } from './snapshot.js';

/** Engine settings of a run: default, or with every limit set far above the needs of the cases. */
export type Variant = 'plain' | 'limited';

const ENGINES = {
  plain: createEngine(),
  limited: createEngine({
    limits: { fuel: 1e12, timeMs: 120_000, wallMs: 120_000, memoryBytes: '1 GiB', stackDepth: 100_000 },
  }),
};

const plugins = new Map<string, Promise<Plugin>>();

/** Runs a case in the sandbox, in this process. */
export async function runInSandbox(
  variant: Variant,
  one: ProgramCase,
  { file, folder }: RunContext,
): Promise<Ending> {
  const key = `${variant} ${file}`;
  const loading = plugins.get(key) ?? ENGINES[variant].load(readFileSync(file), { name: one.program });
  plugins.set(key, loading);
  const plugin = await loading;
  const { mount = 'own' } = one;
  const path = guestPath(mount, folder);
  const files = { own: ['fs:.'], absolute: [`fs:${folder}`], mapped: [`fs:${folder}::${path}`], none: [] }[
    mount
  ];
  const capabilities = ['stdio', 'clock', 'random', 'env:*', ...files];
  const [stdout, stderr]: Uint8Array[][] = [[], []];
  const sandbox = createSandbox({
    permissions: capabilities,
    grants: capabilities,
    folder,
    args: argumentsOf(one, folder),
    env: one.env ?? {},
    stdio: {
      stdin: one.stdin ?? '',
      stdout: (bytes) => stdout?.push(bytes.slice()),
      stderr: (bytes) => stderr?.push(bytes.slice()),
    },
  });
  const instance = plugin.instantiate({ imports: sandbox.imports, onEnd: () => sandbox.close() });
  const status = runCommand(instance, { onTrap: () => undefined });
  const text = (parts: Uint8Array[] = []): string => Buffer.concat(parts).toString('latin1');
  return { stdout: text(stdout), stderr: text(stderr), status, files: snapshot(folder) };
}
