export { type IdleOptions, untilIdle } from './idle.js';
export { checkShare, Trial, type TrialOptions } from './trial.js';
