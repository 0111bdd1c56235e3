export { Random } from './random.js';
export { randomChar, randomFloat, randomInteger, randomString, type IntegerKind } from './random-scalar.js';
export { randomValue, type RandomValueOptions } from './random-value.js';
export { shrinkValue, smallerParts } from './shrink-value.js';
export { smallestFailing, type Failing, type ShrinkOptions } from './smallest-failing.js';
export { type NamedType, type ValueType } from './value-type.js';
