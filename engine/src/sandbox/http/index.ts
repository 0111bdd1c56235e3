export { httpImports } from './http-imports.js';
export type { HttpTransportFactory } from './transport.js';
