import { describe, expect, it } from 'vitest';
import { listAttacks } from './list-attacks.js';
import { runAttacks } from './run-attacks.js';

const attacks = await listAttacks();

describe('runAttacks()', () => {
  it('lists attacks of every kind', () => {
    expect(attacks.length).toBeGreaterThan(100);
  });

  // All of them: npm run test:long, or npm run conformance -- attacks.
  it.each([...new Set(attacks.map(({ folder }) => folder))])(
    'holds one of "%s" to its limits',
    async (folder) => {
      const first = attacks.find((attack) => attack.folder === folder);
      const name = `${folder}/${first?.name}`;
      const results = await runAttacks((each) => each === name);
      expect(results.filter(({ outcome }) => outcome === 'failed')).toEqual([]);
      expect(results.length).toBeGreaterThan(0);
    },
  );
});
