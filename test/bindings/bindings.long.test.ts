import { describe } from 'vitest';
import { testFiles, testSeeds } from './test-worlds.js';

describe('a guest in AssemblyScript passes on what it gets', () => {
  testFiles(['many-arguments', 'resource-fallible-constructor', 'flags']);
  testSeeds([3, 4, 5, 6]);
});
