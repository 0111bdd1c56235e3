export {
  library,
  LibraryInstance,
  type LibraryOptions,
  type NativeLane,
  type Setup,
} from './library/index.js';
