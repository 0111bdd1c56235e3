import type { WitFunction, WitInterface, WitResource, WitWorld } from '@wasm-plugin/as';
import { camelCase, classKey, parseFunctionName, pascalCase } from '@wasm-plugin/engine/component';
import { randomValue, type Random } from 'wasm-plugin/random';
import { withoutResources } from './without-resources.js';

/** A call that the host got, without its resources. */
export interface Received {
  func: WitFunction;
  args: unknown;
  /** A `result` as a value, not as an exception. */
  returned: unknown;
}

type Class = new (...args: unknown[]) => object;

/** The imports of a world: each function keeps its arguments and returns a random value. */
export class ProxyHost {
  readonly imports: Record<string, unknown> = {};
  readonly received: Received[] = [];
  readonly #classes = new Map<WitResource, Class>();
  readonly #random: Random;

  constructor({ imports, rootImports }: WitWorld, random: Random) {
    this.#random = random;
    for (const owner of [...imports, rootImports]) {
      const items = owner === rootImports ? this.imports : {};
      for (const type of owner.types)
        if (type.kind === 'resource') items[pascalCase(type.name)] = this.#class(type, owner);
      for (const func of owner.functions) {
        if (parseFunctionName(func.name).kind === 'function')
          items[camelCase(func.name)] = this.#function(func);
      }
      if (owner !== rootImports) this.imports[owner.name] = items;
    }
  }

  /** An object of the host's for a resource. */
  make(resource: WitResource): unknown {
    const found = this.#classes.get(resource);
    if (found === undefined) throw new Error(`the host has no "${resource.name}"`);
    return Object.create(found.prototype as object);
  }

  #class(resource: WitResource, owner: WitInterface): Class {
    const receive = (func: WitFunction | undefined, args: unknown[]): void => {
      if (func !== undefined) this.#receive(func, args, undefined);
    };
    const found = (kind: string): [string, WitFunction][] =>
      owner.functions.flatMap((func) => {
        const parsed = parseFunctionName(func.name);
        return parsed.kind === kind && parsed.resource === resource.name
          ? [[parsed.name, func] as [string, WitFunction]]
          : [];
      });
    const [constructor] = found('constructor');
    const random = this.#random;
    const make = (resource: WitResource): unknown => this.make(resource);
    // oxlint-disable-next-line typescript/no-extraneous-class -- its methods are those of the world
    const made = class {
      constructor(...args: unknown[]) {
        receive(constructor?.[1], args);
        const result = constructor?.[1].result;
        if (result?.kind !== 'result') return;
        if (random.chance(0.5)) throw declared(result.err && randomValue(result.err, random, { make }));
      }
    };
    this.#classes.set(resource, made);
    for (const [name, func] of found('method')) {
      Object.defineProperty(made.prototype, classKey({ kind: 'method', name }), {
        value: this.#function(func, 1),
        configurable: true,
        writable: true,
      });
    }
    for (const [name, func] of found('static')) {
      Object.defineProperty(made, classKey({ kind: 'static', name }), {
        value: this.#function(func),
        configurable: true,
        writable: true,
      });
    }
    return made;
  }

  #function(func: WitFunction, self = 0): (...args: unknown[]) => unknown {
    return (...args) => {
      const { result } = func;
      const value =
        result && randomValue<WitResource>(result, this.#random, { make: (resource) => this.make(resource) });
      this.#receive(func, self === 1 ? ['#', ...args] : args, value);
      if (result?.kind !== 'result') return value;
      const { tag, val } = value as { tag: string; val: unknown };
      if (tag === 'err') throw declared(val);
      return val;
    };
  }

  #receive(func: WitFunction, args: unknown[], returned: unknown): void {
    this.received.push({ func, args: withoutResources(args), returned: withoutResources(returned) });
  }
}

function declared(payload: unknown): Error {
  return Object.assign(new Error('declared'), { payload });
}
