/** Lives of plugins: start, ticks, stop, and stored states. */
export { Life, type LifeOptions } from './life.js';
