export { CLAP_SYMBOL } from './clap-abi.js';
export { openClap } from './clap-library.js';
export { ClapPlugin } from './clap-plugin.js';
