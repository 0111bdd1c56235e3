import {
  mkdirSync,
  mkdtempSync,
  readFileSync,
  realpathSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createEngine, type Instance, type Plugin } from '@wasm-plugin/engine';
import { createSandbox, type Sandbox, type SandboxOptions } from '@wasm-plugin/engine/sandbox';
import { scriptGuest } from './script-guest.js';

const GUESTS = new URL('../guests/wasi/build/', import.meta.url);

/** Result of a request. */
export interface Outcome {
  /** Value found by the guest. */
  value?: string;
  /** The guest's report of a failure. */
  failure?: string;
  /** The code of the error that ended the instance. */
  code?: string;
  message?: string;
  state: Instance['state'];
  /** Each refusal, as `fs:/etc/passwd:ro manifest`. */
  denials: string[];
}

/** A running guest in a sandbox. */
export interface Tried {
  sandbox: Sandbox;
  instance: Instance;
  attempt(...words: string[]): Outcome;
}

const plugins = new Map<string, Promise<Plugin>>();

/** Starts a guest that obeys commands. Permissions are the grants, unless they are given. */
export async function start(
  name: 'probe' | 'fetch' | 'words' | 'script',
  options: Partial<SandboxOptions> & { grants: SandboxOptions['grants'] },
): Promise<Tried> {
  let loading = plugins.get(name);
  if (loading === undefined) {
    const bytes = name === 'script' ? await scriptGuest() : readFileSync(new URL(`${name}.wasm`, GUESTS));
    loading = createEngine().load(bytes, { name });
    plugins.set(name, loading);
  }
  const plugin = await loading;
  const { grants } = options;
  const permissions = typeof grants === 'function' ? grants() : grants;
  const sandbox = createSandbox({ plugin: name, permissions, ...options });
  const instance = plugin.instantiate({ imports: sandbox.imports, onEnd: () => sandbox.close() });
  const attempt = (...words: string[]): Outcome => {
    const outcome: Omit<Outcome, 'state' | 'denials'> = {};
    try {
      outcome.value = (instance.exports['attempt'] as (words: string[]) => string)(words);
    } catch (error) {
      const { code, message } = error as { code: string; message: string };
      if (code === 'WP_GUEST') outcome.failure = message;
      else Object.assign(outcome, { code, message });
    }
    const denials = sandbox.denials.map(({ capability, lacking }) => `${capability} ${lacking}`);
    return { ...outcome, state: instance.state, denials };
  };
  return { sandbox, instance, attempt };
}

/** A folder with something to find, and something outside that is not to be found. */
export interface Playground {
  /** Holds `open` and `secret.txt`. */
  root: string;
  /** The granted folder. Holds `a.txt`, `sub/b.txt` and links. */
  open: string;
  remove(): void;
}

export function playground(): Playground {
  const root = realpathSync(mkdtempSync(join(tmpdir(), 'sandbox-')));
  const open = join(root, 'open');
  mkdirSync(join(open, 'sub'), { recursive: true });
  writeFileSync(join(root, 'secret.txt'), 'secret');
  writeFileSync(join(open, 'a.txt'), 'hello');
  writeFileSync(join(open, 'sub', 'b.txt'), 'below');
  symlinkSync('sub/b.txt', join(open, 'inner-link'));
  symlinkSync('../a.txt', join(open, 'sub', 'up-link'));
  symlinkSync('../secret.txt', join(open, 'outer-link'));
  symlinkSync(join(root, 'secret.txt'), join(open, 'absolute-link'));
  symlinkSync('..', join(open, 'folder-link'));
  symlinkSync('loop', join(open, 'loop'));
  return { root, open, remove: () => rmSync(root, { recursive: true, force: true }) };
}
