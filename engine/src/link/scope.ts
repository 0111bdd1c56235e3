import type { FuncType, InstanceContext, ResourceType, ValueType } from '../canonical/index.js';
import type { Component, ComponentType, InstanceType, Sort } from '../component/index.js';
import type { ComponentFunc } from './component-func.js';

/** The type behind a type index at run time. */
export type RuntimeType =
  | { kind: 'value'; type: ValueType }
  | FuncType
  | { kind: 'resource'; resource: ResourceType }
  | { kind: 'instance-type'; type: InstanceType; scope: Scope }
  | { kind: 'component-type'; type: ComponentType; scope: Scope };

/** A component with the scope it was defined in, which its outer aliases reach into. */
export interface ComponentClosure {
  component: Component;
  scope: Scope | undefined;
}

/** A component instance as another component or the host sees it: its exports by name, in order. */
export type InstanceExports = Map<string, Item>;

/** The exports of a core instance. Has no prototype. */
export type CoreExports = Record<string, WebAssembly.ExportValue>;

/** Something with a place in an index space, or bound to a name. */
export type Item =
  | { sort: 'func'; value: ComponentFunc }
  | { sort: 'type'; value: RuntimeType }
  | { sort: 'component'; value: ComponentClosure }
  | { sort: 'instance'; value: InstanceExports }
  | { sort: 'core-module'; value: WebAssembly.Module };

interface Spaces {
  'core-func': WebAssembly.ExportValue;
  'core-table': WebAssembly.ExportValue;
  'core-memory': WebAssembly.ExportValue;
  'core-global': WebAssembly.ExportValue;
  'core-tag': WebAssembly.ExportValue;
  'core-type': undefined;
  'core-module': WebAssembly.Module;
  'core-instance': CoreExports;
  func: ComponentFunc;
  value: undefined;
  type: RuntimeType;
  component: ComponentClosure;
  instance: InstanceExports;
}

/** The index spaces of one component instance while it is linked, or of a type that is resolved. */
export class Scope {
  readonly parent: Scope | undefined;
  readonly context: InstanceContext;
  readonly #spaces: { [S in Sort]: Spaces[S][] } = {
    'core-func': [],
    'core-table': [],
    'core-memory': [],
    'core-global': [],
    'core-tag': [],
    'core-type': [],
    'core-module': [],
    'core-instance': [],
    func: [],
    value: [],
    type: [],
    component: [],
    instance: [],
  };

  constructor(parent: Scope | undefined, context: InstanceContext) {
    this.parent = parent;
    this.context = context;
  }

  add<S extends Sort>(sort: S, value: Spaces[S]): void {
    this.#spaces[sort].push(value);
  }

  /** Returns an item; validation has shown that it exists. */
  get<S extends Sort>(sort: S, index: number): Spaces[S] {
    return this.#spaces[sort][index] as Spaces[S];
  }

  /** Returns a component-level item with its sort. */
  item(sort: Sort, index: number): Item {
    return { sort, value: this.get(sort, index) } as Item;
  }

  addItem(item: Item): void {
    this.#spaces[item.sort].push(item.value as never);
  }

  /** Returns the scope `count` levels out. */
  outer(count: number): Scope {
    return count === 0 || this.parent === undefined ? this : this.parent.outer(count - 1);
  }
}
