import { parse } from '@bytecodealliance/jco-transpile/wasm-tools';
import { functionNames, meterModule } from '@wasm-plugin/engine/meter';
import { decodeModule } from '@wasm-plugin/engine/module';
import { describe, expect, it } from 'vitest';
import { renameSection } from '../../../engine/src/meter/sections/name-section.js';

const TEXT = `(module $guest
  (func $zero)
  (func $one (export "one") (param $value i32) (block $label))
  (func (export "two") (call $one (i32.const 1))))`;

async function nameSection(text = TEXT): Promise<Uint8Array> {
  const section = decodeModule(await parse(text)).customs.find(({ name }) => name === 'name');
  if (section === undefined) throw new Error('there is no name section');
  return section.bytes;
}

describe('functionNames()', () => {
  it('returns the names of functions by index, and of nothing else', async () => {
    expect(functionNames(await nameSection())).toEqual(
      new Map([
        [0, 'zero'],
        [1, 'one'],
      ]),
    );
  });

  it('returns what comes before a fault', async () => {
    const bytes = await nameSection();
    expect(functionNames(bytes.subarray(0, 0)).size).toBe(0);
    expect(functionNames(new Uint8Array([1, 200])).size).toBe(0);
  });
});

describe('renameSection()', () => {
  it('gives a copy the name of its original, and drops the labels', async () => {
    const renamed = renameSection(await nameSection(), new Map([[1, 9]])) as Uint8Array;
    expect([...functionNames(renamed)]).toEqual([
      [0, 'zero'],
      [1, 'one'],
      [9, 'one'],
    ]);
    const text = Buffer.from(renamed).toString('latin1');
    expect([text.includes('guest'), text.includes('value'), text.includes('label')]).toEqual([
      true,
      true,
      false,
    ]);
  });

  it('returns nothing for a malformed section', () => {
    expect(renameSection(new Uint8Array([1, 200]), new Map())).toBeUndefined();
  });
});

describe('meterModule() names', () => {
  it('has the twin of a function by its name', async () => {
    const { bytes } = meterModule(await parse(TEXT));
    const section = decodeModule(bytes).customs.find(({ name }) => name === 'name');
    const names = [...functionNames(section?.bytes ?? new Uint8Array())].map(([, name]) => name);
    expect(names).toEqual(['zero', 'one', 'one']);
  });
});
