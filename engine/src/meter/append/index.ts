export { Appendix } from './appendix.js';
export { Assembler, I32 } from './assembler.js';
export { appendCopy, appendFill } from './chunked.js';
export { appendArmed, appendControls } from './controls.js';
export { COUNTER_GLOBALS, counterGlobals } from './counter-globals.js';
export {
  addressTaken,
  chooseCounterPassing,
  countPassing,
  NO_TWIN,
  type CounterPassing,
} from './counter-passing.js';
export { appendGrowMemory, appendGrowTable } from './grow.js';
export { GrowthBudget } from './growth-budget.js';
export { ASK, HOOK_PARAMS, HOOK_RESULTS, pushAsk, type HookPlace } from './hook.js';
export { appendRefuel, appendToll } from './refuel.js';
export { appendWait, type WaitFunctions } from './wait.js';
