export {
  type ExtensionEvent,
  type ExtensionOptions,
  type FirstOptions,
  type ProviderAnswer,
} from './extension-options.js';
export { ExtensionPoint } from './extension-point.js';
export { ExtensionPoints } from './extension-points.js';
