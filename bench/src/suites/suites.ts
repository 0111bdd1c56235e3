import { AUTHORS } from './authors/index.js';
import { BRIDGES } from './bridges/index.js';
import { CALLS } from './calls/index.js';
import { DEADLINES } from './deadlines/index.js';
import { DSP } from './dsp/index.js';
import { FUEL } from './fuel/index.js';
import { HARNESS } from './harness/index.js';
import { LOAD } from './load/index.js';
import { RELOAD } from './reload/index.js';
import { REWRITING } from './rewriting/index.js';
import type { Suite } from './suite.js';

/** Every suite. A new one is added here, and nowhere else. */
export const SUITES: readonly Suite[] = [
  AUTHORS,
  BRIDGES,
  CALLS,
  DEADLINES,
  DSP,
  FUEL,
  LOAD,
  RELOAD,
  REWRITING,
  HARNESS,
];
