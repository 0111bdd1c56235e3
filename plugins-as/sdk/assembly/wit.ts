/**
 * The values of WIT that AssemblyScript has no word for. Plugins import them from `./bindings/wit`.
 */
import './abort';

/** The value of a `result` side that WIT writes as `_`: nothing. */
export class Unit {}

/** The one value of `Unit`. */
export const unit = new Unit();

/** A WIT `result`: the result of a function, or its error. Made by `ok` and `err`. */
export class Result<T, E> {
  constructor(
    /** True if it holds `value`; else it holds `error`. */
    readonly isOk: bool,
    /** Only if `isOk`. */
    readonly value: T,
    /** Only if not `isOk`. */
    readonly error: E,
  ) {}
}

/** The good case. */
export function ok<T, E>(value: T): Result<T, E> {
  return new Result<T, E>(true, value, zero<E>());
}

/** The bad case. */
export function err<T, E>(error: E): Result<T, E> {
  return new Result<T, E>(false, zero<T>(), error);
}

/** The good case of a function that gives back nothing. */
export function done<E>(): Result<Unit, E> {
  return ok<Unit, E>(unit);
}

/** The bad case of a function that gives back nothing. */
export function fail<E>(error: E): Result<Unit, E> {
  return err<Unit, E>(error);
}

/** A WIT `option` of something that cannot be null: a number, or another option. Others are `T | null`. */
export class Option<T> {
  constructor(
    readonly isSome: bool,
    /** Only if `isSome`. */
    readonly value: T,
  ) {}
}

/** An option that holds `value`. */
export function some<T>(value: T): Option<T> {
  return new Option<T>(true, value);
}

/** An option that holds nothing. */
export function none<T>(): Option<T> {
  return new Option<T>(false, zero<T>());
}

/**
 * An object on the other side, known by its handle. AssemblyScript has no destructors: the owner of a resource calls `drop`
 * when done with it, or gives it away. The bindings drop a borrowed one.
 */
export abstract class Resource {
  /** The handle; 0 once it is dropped or given away. */
  handle: i32 = 0;

  /** Ends it. Does nothing if it was dropped or given away before. */
  abstract drop(): void;

  /** Passes the handle to a new owner: the object cannot be used afterwards. */
  give(): i32 {
    const handle = this.handle;
    this.handle = 0;
    return handle;
  }
}

/**
 * The base of a class that the plugin exports as a resource. While somebody outside owns an object, it is kept
 * alive. An object that comes back to the plugin as its own has a handle: drop it, keep it, or give it away.
 */
export abstract class ExportedResource extends Resource {
  /** Called when the last owner drops the object. */
  dropped(): void {}
}

function zero<T>(): T {
  if (isReference<T>()) return changetype<T>(<usize>0);
  return <T>0;
}
