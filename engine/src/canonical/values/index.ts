export { bitsToF32, bitsToF64, f32ToBits, f64ToBits } from './bits.js';
export { liftEnd, lowerEnd } from './ends.js';
export { liftBorrow, liftOwn, lowerBorrow, lowerOwn } from './handles.js';
export { arrayFrom, elementsFrom, objectFrom } from './host-collections.js';
export { hostMember, isInherited } from './host-member.js';
export { checkList, type ListElement, listElementOf, mapEntryOf } from './lists.js';
export { type GuestString, loadGuestString, loadString } from './load-string.js';
export { entriesFrom, mapFrom } from './maps.js';
export { explainParams, explainResult, mismatch } from './mismatch.js';
export {
  allocateList,
  isNumberKind,
  loadNumbers,
  numbersOf,
  type NumberKind,
  storeNumbers,
} from './number-lists.js';
export { charCode, charFrom, checkS64, checkU64 } from './scalars.js';
export { storeGuestString } from './store-guest-string.js';
export { storeString } from './store-string.js';
export { isStringEncoding } from './text-encodings.js';
