import { describe } from 'vitest';
import { testPlan } from './proposal-modules.js';

describe('random modules of the later proposals', () => {
  testPlan('all but exact traps');
});
