export type { BlockProfile } from './cpu-profile.js';
export { flameOf, type FlameNode } from './flame.js';
export { perfettoTrace } from './perfetto-trace.js';
export { takeProfile } from './take-profile.js';
