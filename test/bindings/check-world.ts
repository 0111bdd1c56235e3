import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import {
  buildPlugin,
  parseWit,
  readWorld,
  WitError,
  type WitFunction,
  type WitInterface,
  type WitResource,
  type WitWorld,
} from '@wasm-plugin/as';
import { createEngine } from '@wasm-plugin/engine';
import { camelCase, memberKey, parseFunctionName, pascalCase } from '@wasm-plugin/engine/component';
import { difference } from '../differential/difference.js';
import { Random, randomValue } from 'wasm-plugin/random';
import { mirrorWorld } from './mirror-world.js';
import { proxyGuest } from './proxy-guest.js';
import { ProxyHost } from './proxy-host.js';
import { withoutResources } from './without-resources.js';

const ROUNDS = 6;
const MOST_TRIES = 4;
/** Most objects that are made for one another. */
const MOST_DEPTH = 3;

/** Result of checking a world. */
export interface Checked {
  /** Functions that were called, and passed everything on. */
  echoed: string[];
  /** Functions that could not be called: the guest has no way to make a resource that they take. */
  uncalled: string[];
}

/**
 * Builds a plugin that passes on every value of a world, and calls each function with random values: the host must get the
 * arguments, and the caller the host's results.
 * @throws {WitError} the world has an unsupported type
 * @throws {Error} the plugin does not compile or changes a value
 */
export async function checkWorld(text: string, world: string, seed: number): Promise<Checked> {
  const { source, model } = await mirrored(text, world);
  const bytes = await built(source, world, model);
  const checked: Checked = { echoed: [], uncalled: [] };
  for (const backend of ['generated', 'composed'] as const) {
    const random = new Random(seed);
    const host = new ProxyHost(model, random);
    const plugin = await createEngine({ backend, imports: host.imports as never }).load(bytes);
    const guest = new ProxyGuestCalls(model, {
      host,
      random,
      exports: plugin.instantiate().exports as never,
    });
    for (const owner of [...model.exports, model.rootExports]) {
      for (const func of owner.functions) {
        const name = `${owner.name}#${func.name}`;
        const list = guest.check(owner, func) ? checked.echoed : checked.uncalled;
        if (backend === 'generated') list.push(name);
      }
    }
  }
  return checked;
}

/** The world that imports and exports everything; the world itself where WIT has no such. */
async function mirrored(text: string, world: string): Promise<{ source: string; model: WitWorld }> {
  const source = mirrorWorld(text, world);
  try {
    if (source !== undefined) return { source, model: await readWorld(parseWit(source), world) };
  } catch (error) {
    if (!(error instanceof WitError) || /not supported/.test(error.message)) throw error;
  }
  return { source: text, model: await readWorld(parseWit(text), world) };
}

async function built(wit: string, world: string, model: WitWorld): Promise<Uint8Array> {
  const folder = mkdtempSync(join(tmpdir(), 'wasm-plugin-bindings-'));
  try {
    for (const [name, content] of Object.entries({ ...proxyGuest(model), 'w.wit': wit })) {
      mkdirSync(dirname(join(folder, name)), { recursive: true });
      writeFileSync(join(folder, name), content);
    }
    // The optimizer is not tested here.
    const ascOptions = ['--optimizeLevel', '0'];
    return await buildPlugin({
      entry: join(folder, 'assembly/index.ts'),
      wit: join(folder, 'w.wit'),
      world,
      ascOptions,
    });
  } finally {
    if (process.env['KEEP'] === undefined) rmSync(folder, { recursive: true });
    else console.log(folder);
  }
}

type Functions = Record<string, (...args: unknown[]) => unknown>;
type GuestClass = Functions & (new (...args: unknown[]) => Functions);

/** An argument that cannot be made. */
class Unmakable extends Error {}

class ProxyGuestCalls {
  readonly #model: WitWorld;
  readonly #host: ProxyHost;
  readonly #random: Random;
  readonly #exports: Record<string, unknown>;

  constructor(
    model: WitWorld,
    { host, random, exports }: { host: ProxyHost; random: Random; exports: Record<string, unknown> },
  ) {
    this.#model = model;
    this.#host = host;
    this.#random = random;
    this.#exports = exports;
  }

  /** Calls a function some times. Returns whether it could be called. */
  check(owner: WitInterface, func: WitFunction): boolean {
    if (!this.#isPassedOn(owner, func)) return false;
    try {
      for (let round = 0; round < ROUNDS; round++) this.#call(owner, func);
      return true;
    } catch (error) {
      if (error instanceof Unmakable) return false;
      throw error;
    }
  }

  #isPassedOn(owner: WitInterface, func: WitFunction): boolean {
    const { imports, rootImports, rootExports } = this.#model;
    const host = owner === rootExports ? rootImports : imports.find(({ name }) => name === owner.name);
    return host?.functions.some(({ name }) => name === func.name) === true;
  }

  #call(owner: WitInterface, func: WitFunction): void {
    const args = func.params.map(({ type }) =>
      randomValue<WitResource>(type, this.#random, { make: (resource) => this.#make(resource) }),
    );
    const space = this.#spaceOf(owner) as Functions;
    const { kind, resource, name } = parseFunctionName(func.name);
    const on = kind === 'function' ? space : (space[pascalCase(resource)] as unknown as GuestClass);
    const sent = withoutResources(args);
    this.#host.received.length = 0;
    const [self, ...rest] = args;
    const result = resultOf(() => {
      if (kind === 'constructor') return new (on as GuestClass)(...args);
      if (kind === 'method') return (self as Functions)[memberKey(name, kind)]!(...rest);
      return on[memberKey(name, kind)]!(...args);
    }, func);
    const [received] = this.#host.received.slice(-1);
    const where = `${owner.name}#${func.name}`;
    fail(difference(sent, received?.args), `${where}: what the host got`);
    if (kind !== 'constructor')
      fail(difference(received?.returned, withoutResources(result)), `${where}: what came back`);
  }

  #spaceOf(owner: WitInterface): unknown {
    if (owner === this.#model.rootExports) return this.#exports;
    return this.#exports[owner.name] ?? this.#exports[camelCase(owner.name)];
  }

  /** An object for a resource: of the host, or by the constructor of the guest's class. */
  #make(resource: WitResource, depth = 0): unknown {
    const { exports } = this.#model;
    if (!exports.includes(resource.owner)) return this.#host.make(resource);
    const func = resource.owner.functions.find(({ name }) => name === `[constructor]${resource.name}`);
    if (func === undefined || depth > MOST_DEPTH) throw new Unmakable(resource.name);
    const space = this.#spaceOf(resource.owner) as Record<string, GuestClass>;
    for (let tries = MOST_TRIES; tries > 0; tries--) {
      const args = func.params.map(({ type }) =>
        randomValue<WitResource>(type, this.#random, { make: (each) => this.#make(each, depth + 1) }),
      );
      try {
        return new space[pascalCase(resource.name)]!(...args);
      } catch (error) {
        if (!Object.hasOwn(error as object, 'payload')) throw error;
      }
    }
    throw new Unmakable(resource.name);
  }
}

/** Returns the result of a function; a thrown or returned `result` as a value again. */
function resultOf(call: () => unknown, { result }: WitFunction): unknown {
  if (result?.kind !== 'result') return call();
  try {
    return { tag: 'ok', val: call() };
  } catch (error) {
    if (!Object.hasOwn(error as object, 'payload')) throw error;
    return { tag: 'err', val: (error as { payload: unknown }).payload };
  }
}

function fail(found: string | undefined, where: string): void {
  if (found !== undefined) throw new Error(`${where}: ${found}`);
}
