export { Random } from 'wasm-plugin/random';
