export { composeGuests, LANGUAGES } from './guests.js';
export { SCENARIOS } from './host-runner.js';
export { runScenarios } from './run-scenarios.js';
