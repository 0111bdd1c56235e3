import { createEngine, PluginError, type Engine, type Instance, type Limits } from '@wasm-plugin/engine';
import type { ResolvedComponent, ResolvedItems } from '@wasm-plugin/engine/component';
import { camelCase, pascalCase } from '@wasm-plugin/engine/component';
import { createSandbox } from '@wasm-plugin/engine/sandbox';
import { logLine } from './dom.js';

type Functions = Record<string, (...args: readonly unknown[]) => unknown>;

/** Permissions of each plugin here: nothing of them leaves the page. */
const PERMISSIONS = ['log', 'config', 'clock', 'random', 'stdio'] as const;

/** A component without its manifest has no version that its successor could be told. */
export const NO_VERSION = '0.0.0';

/** A component that runs in the page, with the limits that the user has set. To be closed. */
export class PluginSession {
  readonly instance: Instance;
  readonly #engine: Engine;

  private constructor(engine: Engine, instance: Instance) {
    this.#engine = engine;
    this.instance = instance;
  }

  /** Loads and starts a component. @throws {PluginError} if it is no component, or a limit ends its start */
  static async open(bytes: Uint8Array, type: ResolvedComponent, limits: Limits): Promise<PluginSession> {
    const engine = createEngine({ limits });
    try {
      const sandbox = createSandbox({
        permissions: PERMISSIONS,
        grants: [...PERMISSIONS],
        log: { sink: (level, message) => logLine(message, level) },
        stdio: { stdout: writer('stdout'), stderr: writer('stderr') },
        emptyEnvironment: true,
      });
      const imports = { ...standIns(type.imports, sandbox.imports), ...sandbox.imports };
      const instance = await (await engine.load(bytes, { name: 'plugin' })).instantiateAsync({ imports });
      (interfaceOf(instance, 'wasm-plugin:abi/lifecycle')?.['init'] as Functions['init'] | undefined)?.([]);
      return new PluginSession(engine, instance);
    } catch (error) {
      engine.close();
      throw error;
    }
  }

  /** Saves the state; `undefined` if the plugin keeps none. */
  save(): { bytes: Uint8Array; schema: number } | undefined {
    const state = interfaceOf(this.instance, 'wasm-plugin:abi/state');
    if (state === undefined) return undefined;
    return { bytes: state['serialize']?.() as Uint8Array, schema: state['schema']?.() as number };
  }

  /** Takes over the state of another session. @throws {GuestError} the plugin refuses it */
  restore({ bytes, schema }: { bytes: Uint8Array; schema: number }): void {
    interfaceOf(this.instance, 'wasm-plugin:abi/state')?.['restore']?.(bytes, schema, NO_VERSION);
  }

  close(): void {
    this.#engine.close();
  }
}

/** Finds an interface of an instance by its name without a version. */
export function interfaceOf(instance: Instance, name: string): Functions | undefined {
  const found = Object.entries(instance.exports).find(([each]) => each.split('@')[0] === name);
  return found?.[1] as Functions | undefined;
}

/** Returns the words of an error: what has happened, and where in the guest. */
export function describeError(error: unknown): string {
  if (!PluginError.is(error)) return String(error);
  const frames = error.trace.map(
    ({ function: name, index, file, line }) =>
      `\n  at ${name ?? `function ${index}`}${file === undefined ? '' : ` (${file}:${line})`}`,
  );
  return `${error.code}  ${error.message}${frames.join('')}`;
}

function writer(stream: string): (bytes: Uint8Array) => void {
  return (bytes) => logLine(new TextDecoder().decode(bytes).trimEnd(), stream);
}

/** Functions that say that they were called: a component with imports of its own is at least shown, and runs up to them. */
function standIns(imports: ResolvedItems, given: object): Record<string, unknown> {
  const refuse = (path: string) => () => {
    throw new Error(`Cannot call "${path}": the playground has no such import`);
  };
  const names = new Set(Object.keys(given).map((name) => name.split('@')[0]));
  const has = (name: string): boolean => names.has(name.split('@')[0]);
  return Object.fromEntries(
    [...imports].flatMap(([name, item]): [string, unknown][] => {
      if (has(name)) return [];
      if (item.kind === 'func') return [[name, refuse(name)]];
      if (item.kind !== 'instance') return [];
      const own = [...item.type.exports].flatMap(([each, { kind }]): [string, unknown][] => {
        if (kind === 'func') return [[camelCase(each), refuse(`${name}.${each}`)]];
        return kind === 'type' ? [[pascalCase(each), Object]] : [];
      });
      return [[name, Object.fromEntries(own)]];
    }),
  );
}
