import { describe, expect, it } from 'vitest';
import { exposeSizes } from '../../engine/src/meter/exposed-sizes.js';
import { moduleFrom } from './append/appended-module.js';

const PAGE = 65_536;

async function exposed(text: string) {
  const { module, sizes } = exposeSizes((await moduleFrom(`(module ${text})`)).module);
  return { exports: module.exports.map(({ name, kind, index }) => `${name} ${kind} ${index}`), sizes };
}

describe('exposeSizes()', () => {
  it('exports what can grow and has no export, behind what is imported', async () => {
    const { exports, sizes } = await exposed(`(import "" "m" (memory 1)) (import "" "t" (table 1 funcref))
      (memory 2) (memory 3 3) (table 4 5 funcref) (table 6 6 funcref)`);
    expect(exports).toEqual(['$meter:memory1 memory 1', '$meter:table1 table 1']);
    expect(sizes).toEqual({
      leastBytes: 5 * PAGE,
      leastElements: 10,
      fixedBytes: 3 * PAGE,
      fixedElements: 6,
      memories: ['$meter:memory1'],
      tables: ['$meter:table1'],
    });
  });

  it('takes the export that there is', async () => {
    const { exports, sizes } = await exposed('(memory (export "mem") 1)');
    expect(exports).toEqual(['mem memory 0']);
    expect(sizes.memories).toEqual(['mem']);
  });
});
