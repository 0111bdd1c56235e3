/** The library and RPC carriers are to come; this is the interface that they will implement. */
export type { Carrier } from '@wasm-plugin/abi';
