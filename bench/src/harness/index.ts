export { callContender, isolatedLoop, type CallContender, type Use } from './call-contender.js';
export { monotonicClock, type Clock } from './clock.js';
export { garbageBytes } from './garbage.js';
export { ProcessorWait } from './processor-wait.js';
export { seededRandom, shuffled, type Random } from './random.js';
export { runRounds, warmUp, type Contender, type Samples, type WarmUp } from './rounds.js';
export { median, pairedDifference, pairedRatio, percentile } from './statistics.js';
