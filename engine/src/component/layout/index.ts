/** Layouts of value types by the canonical ABI: for validation, for the canonical ABI itself, and for generators of guests. */
export { layoutOf, type TypeToLayOut } from './layout-of.js';
export {
  enumLayout,
  flagsLayout,
  handleLayout,
  listLayout,
  MAX_FLAT_ASYNC_PARAMS,
  MAX_FLAT_PARAMS,
  MAX_FLAT_RESULTS,
  primitiveLayout,
  recordLayout,
  variantLayout,
  type FlatType,
  type Layout,
} from './layout.js';
