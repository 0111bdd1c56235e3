import type { ValueType } from '../value/index.js';
import { compoundShape, isBytes } from './compound-shapes.js';
import { scalarShape } from './scalar-shapes.js';
import { ownField, type Place, type Shape, type ShapeMaker } from './shape.js';

const MAKER: ShapeMaker = { shapeOf, singleShape };

/**
 * Returns the shape of a type, with the messages that it needs written into the scope.
 * @throws {TypeError} the type has a resource, or a name that is none of WIT
 */
export function shapeOf(type: ValueType, place: Place): Shape {
  return typeof type === 'string' ? scalarShape(type) : compoundShape(type, { ...place, maker: MAKER });
}

/** Returns the shape of a type as one value, in a message of its own if it would be a list or an option. */
export function singleShape(type: ValueType, { scope, hint }: Place): Shape {
  const isPlain = typeof type === 'string' || !('list' in type || 'option' in type) || isBytes(type);
  if (isPlain) return shapeOf(type, { scope, hint });
  const inner = scope.message(hint);
  const shape = shapeOf(type, { scope: inner, hint: 'Value' });
  inner.field({ name: 'value', number: 1, ...shape });
  return {
    label: '',
    type: hint,
    to: (value, path) => ({ value: shape.to(value, path) }),
    from: (field, path) => shape.from(ownField(field, 'value'), path),
  };
}
