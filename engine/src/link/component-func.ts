import { hostExport, liftTask, schedulerOf, type AsyncCallable } from '../async/index.js';
import {
  CanonicalContext,
  passingOf,
  type Backend,
  type ComponentCallable,
  type CoreFunction,
  type FuncType,
  type InstanceContext,
  type LiftSpec,
  type MemoryViews,
  type Realloc,
  type Side,
  type StringEncoding,
} from '../canonical/index.js';

/** A function of a component, or one that the host gave it. */
export interface ComponentFunc {
  type: FuncType;
  /** The function for another component; `undefined` if only `host` exists. */
  lifted: LiftedFunc | undefined;
  /** Returns the function as JavaScript calls it. */
  host(): ComponentCallable;
  /** Returns it as a method, whose first argument is `this`. */
  method(): ComponentCallable;
}

/** The resolved options of `canon lift` and `canon lower`. */
export interface CanonicalOptions {
  memory: MemoryViews | undefined;
  realloc: Realloc | undefined;
  postReturn: CoreFunction | undefined;
  encoding: StringEncoding;
  /** True if it does not wait: of a lift, that the result comes by `task.return`. */
  async: boolean;
  /** Goes on with a task once it has an event. */
  callback: CoreFunction | undefined;
}

/** A core function lifted to a component function; made callable when it is first needed. */
export class LiftedFunc implements ComponentFunc {
  readonly type: FuncType;
  readonly lifted = this;
  readonly options: CanonicalOptions;
  readonly core: CoreFunction;
  readonly #backend: Backend;
  /** The component instance it runs in. */
  readonly context: InstanceContext;
  readonly #callables: Partial<Record<Side, ComponentCallable>> = {};
  /** The name it is exported under, for messages. */
  name = 'a function';

  constructor(
    backend: Backend,
    context: InstanceContext,
    type: FuncType,
    core: CoreFunction,
    options: CanonicalOptions,
  ) {
    this.#backend = backend;
    this.context = context;
    this.type = type;
    this.core = core;
    this.options = options;
  }

  host(): ComponentCallable {
    if (this.type.async) return (this.#callables.host ??= this.#promising(false));
    return this.#callable('host');
  }

  method(): ComponentCallable {
    return this.type.async ? this.#promising(true) : this.#lift('host', { method: true });
  }

  /** Returns it as the callee of a call that may wait. */
  task(side: Side): AsyncCallable {
    return liftTask(this.#spec(side, { method: false }), this.options.callback);
  }

  /** Returns the function as another component calls it: with bare handles, and results as values. */
  component(): ComponentCallable {
    return this.#callable('component');
  }

  #promising(method: boolean): ComponentCallable {
    const spec = this.#spec('host', { method });
    return hostExport(spec, liftTask(spec, this.options.callback), schedulerOf(this.context.root));
  }

  #spec(side: Side, { method }: { method: boolean }): LiftSpec {
    return {
      name: this.name,
      type: this.type,
      core: this.core,
      armed: false,
      postReturn: this.options.postReturn,
      context: new CanonicalContext(this.context, { ...this.options, side }),
      method,
    };
  }

  #callable(side: Side): ComponentCallable {
    return (this.#callables[side] ??= this.#lift(side, { method: false }));
  }

  /** The core function that begins a metered call by itself; a call that runs others too is begun by hand. */
  #armed(): CoreFunction | undefined {
    if (passingOf(this.type).usesMemory || this.options.postReturn !== undefined) return undefined;
    return this.context.root.meter?.armed(this.core);
  }

  #lift(side: Side, { method }: { method: boolean }): ComponentCallable {
    const armed = side === 'host' ? this.#armed() : undefined;
    const spec = this.#spec(side, { method });
    return this.#backend.lift(armed === undefined ? spec : { ...spec, core: armed, armed: true });
  }
}

/** A JavaScript function that the host gave for an import. */
export class HostFunc implements ComponentFunc {
  readonly type: FuncType;
  readonly lifted = undefined;
  readonly name: string;
  readonly #callee: ComponentCallable;

  constructor(name: string, type: FuncType, callee: ComponentCallable) {
    this.name = name;
    this.type = type;
    this.#callee = callee;
  }

  host(): ComponentCallable {
    return this.#callee;
  }

  method(): ComponentCallable {
    const callee = this.#callee;
    return function (this: unknown, ...args) {
      return callee(this, ...args);
    };
  }
}
