import { describe, expect, it } from 'vitest';
import { rewriteCustomSections } from '../../../engine/src/meter/sections/custom-sections.js';

const custom = (name: string) => ({ name, bytes: new Uint8Array([0]), after: 0 });

function kept(...names: string[]): string[] {
  const module = { customs: names.map(custom) };
  return rewriteCustomSections(module, new Map(), undefined).map(({ name }) => name);
}

describe('rewriteCustomSections()', () => {
  it('drops what holds offsets of code', () => {
    const stale = ['.debug_info', 'reloc.CODE', 'metadata.code.trace_inst', 'sourceMappingURL', 'linking'];
    expect(kept(...stale, 'external_debug_info', 'metadata.code.branch_hint')).toEqual([]);
  });

  it('keeps everything else, in order', () => {
    expect(kept('producers', 'x.debug_info', 'target_features')).toEqual([
      'producers',
      'x.debug_info',
      'target_features',
    ]);
  });

  it('puts the hints behind the others', () => {
    const module = { customs: [custom('producers')] };
    const names = rewriteCustomSections(module, new Map(), custom('hints')).map(({ name }) => name);
    expect(names).toEqual(['producers', 'hints']);
  });
});
