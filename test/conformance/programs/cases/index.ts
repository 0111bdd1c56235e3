import type { ProgramCase } from '../program-case.js';
import { CALL_CASES } from './calls.js';
import { C_CASES } from './c.js';
import { CRATE_CASES } from './crates.js';
import { PYTHON_CASES } from './python.js';
import { RT_CASES } from './rt.js';

/** Every case of the suite. */
export const CASES: ProgramCase[] = [...CRATE_CASES, ...RT_CASES, ...CALL_CASES, ...C_CASES, ...PYTHON_CASES];
