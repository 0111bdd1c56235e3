import {
  abiTrap,
  ENDED,
  failedLower,
  uncatchable,
  type CoreFunction,
  type FlatValue,
  type LowerSpec,
} from '../canonical/index.js';
import { MAX_FLAT_ASYNC_PARAMS, MAX_FLAT_PARAMS, MAX_FLAT_RESULTS } from '../component/index.js';
import { AsyncInstance } from './async-instance.js';
import type { AsyncCallable, Caller } from './caller.js';
import { mustBlock } from './must-block.js';
import { Subtask, SUBTASK } from './subtask.js';
import { Values } from './values.js';

/** An async function, as `canon lower` gives it to a guest. */
export interface LowerTaskSpec extends Omit<LowerSpec, 'callee'> {
  callee: AsyncCallable;
}

/** Makes a core function that calls an async function and does not wait (specification: `canon_lower` with `async`). */
export function lowerTask(spec: LowerTaskSpec): CoreFunction {
  const { context, type } = spec;
  const { instance } = context;
  const params = new Values(typesOf(spec), MAX_FLAT_ASYNC_PARAMS);
  const result = type.result === undefined ? undefined : new Values([type.result], 0);
  return guarded(spec, (flats) => {
    const subtask = new Subtask();
    const end = (value: unknown): void =>
      result?.store(context, [value], (flats[params.count] as number) >>> 0);
    subtask.callee = spec.callee(new Call(spec, { subtask, params, flats, end }));
    if (instance.lock === ENDED) instance.admit();
    if (subtask.isResolved) {
      subtask.deliver();
      return SUBTASK.returned;
    }
    subtask.index = instance.handles.addEntry(subtask);
    return subtask.state | (subtask.index << 4);
  });
}

/** Makes a core function that calls an async function and waits for its result (`canon_lower` without `async`). */
export function lowerBlocking(spec: LowerTaskSpec): CoreFunction {
  const { context, type } = spec;
  const { instance } = context;
  const params = new Values(typesOf(spec), MAX_FLAT_PARAMS);
  const result = new Values(type.result === undefined ? [] : [type.result], MAX_FLAT_RESULTS);
  return guarded(spec, (flats) => {
    const subtask = new Subtask();
    let core: FlatValue | undefined;
    const end = (value: unknown): void => {
      if (type.result === undefined) return;
      if (result.isSpilled) result.store(context, [value], (flats[params.count] as number) >>> 0);
      else [core] = result.lower(context, [value]);
    };
    subtask.callee = spec.callee(new Call(spec, { subtask, params, flats, end }));
    if (instance.lock === ENDED) instance.admit();
    if (!subtask.isResolved) throw mustBlock(AsyncInstance.of(instance), `the call of "${spec.name}"`);
    subtask.deliver();
    return core;
  });
}

function typesOf({ type }: LowerTaskSpec): LowerSpec['type']['params'][number]['type'][] {
  return type.params.map((param) => param.type);
}

function guarded(spec: LowerTaskSpec, body: (flats: FlatValue[]) => FlatValue | undefined): CoreFunction {
  const { instance } = spec.context;
  return ((...flats: FlatValue[]) => {
    if (!instance.mayLeave) throw uncatchable(abiTrap('cannot leave component instance'));
    try {
      return body(flats);
    } catch (error) {
      instance.lock = ENDED;
      throw failedLower(spec as never, error, { returned: false, value: undefined });
    }
  }) as CoreFunction;
}

interface CallParts {
  subtask: Subtask;
  params: Values;
  flats: FlatValue[];
  /** Takes the result. */
  end: (value: unknown) => void;
}

/** The caller's half of a call that a guest makes. */
class Call implements Caller {
  readonly #spec: LowerTaskSpec;
  readonly #call: CallParts;

  constructor(spec: LowerTaskSpec, call: CallParts) {
    this.#spec = spec;
    this.#call = call;
  }

  start(): readonly unknown[] {
    const { subtask, params, flats } = this.#call;
    const { context } = this.#spec;
    const { lenders } = context.instance;
    subtask.advance(SUBTASK.started);
    const mark = lenders.length;
    const args = params.lift(context, flats);
    subtask.lenders?.push(...lenders.splice(mark));
    return args;
  }

  resolve(value: unknown): void {
    const { subtask, end } = this.#call;
    const { instance } = this.#spec.context;
    end(value);
    if (instance.given.length !== 0) instance.given.length = 0;
    subtask.advance(SUBTASK.returned);
  }

  cancelled(): void {
    const { subtask } = this.#call;
    subtask.advance(
      subtask.state === SUBTASK.starting ? SUBTASK.cancelledBeforeStarted : SUBTASK.cancelledBeforeReturned,
    );
  }
}
