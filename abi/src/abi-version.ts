/** The version of the WIT package `wasm-plugin:abi` in `abi/wit`. */
export const ABI_VERSION = '0.1.0';
