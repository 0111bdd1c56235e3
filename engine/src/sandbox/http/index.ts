export type { HttpFailure, HttpOptions } from './http-options.js';
export type { HttpProxy } from './proxy.js';
export { httpImports } from './http-imports.js';
export { isPrivateAddress } from './private-address.js';
export type { HttpTransportFactory } from './transport.js';
