export { checkAgainstWorld, isTypesOnly } from './check-world.js';
export { decodeWorld, type World } from './decode-world.js';
export { abiErrorFrom, describeProblem, type Problem, type Verdict } from './verdict.js';
