export { LADSPA_DESCRIPTOR, LADSPA_SYMBOL } from './ladspa-abi.js';
export { readLadspa, type LadspaDescriptor } from './ladspa-descriptor.js';
export { LadspaPlugin } from './ladspa-plugin.js';
