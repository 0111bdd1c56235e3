import type { Backend } from '../function.js';
import { composeLift } from './compose-lift.js';
import { composeLower } from './compose-lower.js';

/** The backend that needs no `eval`. */
export const COMPOSED: Backend = { name: 'composed', lift: composeLift, lower: composeLower };
