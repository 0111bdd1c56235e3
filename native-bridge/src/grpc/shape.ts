import type { ValueType } from '../value/index.js';
import type { ProtoScope } from './proto-scope.js';

/** A type of WIT as a field of a protobuf message, and the way of its values there and back. */
export interface Shape {
  /** Before the type: nothing, `optional` or `repeated`. */
  readonly label: '' | 'optional' | 'repeated';
  readonly type: string;
  /** Turns a value of JavaScript into that of a field; `undefined` leaves the field out. @throws {TypeError} it does not fit */
  to(value: unknown, path: string): unknown;
  /** Turns the field of a decoded message into a value; `undefined` if it is not there. @throws {TypeError} it does not fit */
  from(field: unknown, path: string): unknown;
}

/** Place for the messages that a type needs. */
export interface Place {
  readonly scope: ProtoScope;
  /** The name of the message that the type itself may need. */
  readonly hint: string;
}

/** Makes the shapes of the parts of a type. */
export interface ShapeMaker {
  shapeOf(type: ValueType, place: Place): Shape;
  /** Returns the shape of a type as one value, in a message of its own if it would be a list or an option. */
  singleShape(type: ValueType, place: Place): Shape;
}

/** Returns a field of a decoded message; `undefined` if it did not come. */
export function ownField(message: unknown, name: string): unknown {
  if (typeof message !== 'object' || message === null || !Object.hasOwn(message, name)) return undefined;
  return (message as Record<string, unknown>)[name];
}

/** Returns the error of a value that does not fit its type. */
export function unfit(path: string, wanted: string): TypeError {
  return new TypeError(`Cannot pass "${path}": it must be ${wanted}`);
}
