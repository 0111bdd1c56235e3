export { FUEL } from './fuel-suite.js';
