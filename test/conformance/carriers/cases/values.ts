import assert from 'node:assert/strict';
import type { CarrierCase } from '../carrier-case.js';
import { thrownBy } from './errors-of.js';

const SETUP = { sampleRateHz: 48_000, maxFrames: 128, channels: 2 };

interface Descriptor {
  name: string;
  ports: object[];
  parameters: { id: number; name: string; unit: string; min: number; choices: string[]; flags: object }[];
  latencyFrames: number;
}

export const VALUE_CASES: readonly CarrierCase[] = [
  {
    name: 'values: records, lists, strings, enums, flags, u32 and f64 come out',
    async run(bench) {
      const { processor } = await bench.start('equalizer');
      const descriptor = (await processor['describe']?.()) as Descriptor;
      assert.equal(descriptor.name, 'Parametric equalizer');
      assert.equal(descriptor.latencyFrames, 0);
      assert.deepEqual(descriptor.ports, [
        { name: 'main', direction: 'input', channels: 8 },
        { name: 'main', direction: 'output', channels: 8 },
      ]);
      assert.equal(descriptor.parameters.length, 25);
      const [type, frequency] = descriptor.parameters;
      assert.equal(type?.choices[7], 'Notch');
      assert.deepEqual(type?.flags, {
        automatable: true,
        stepped: true,
        logarithmic: false,
        readOnly: false,
      });
      assert.deepEqual([frequency?.id, frequency?.unit, frequency?.min], [1, 'Hz', 20]);
      assert.equal(descriptor.parameters[24]?.id, 64);
    },
  },
  {
    name: 'values: strings of every plane go in, and come back in an error',
    async run(bench) {
      const { lifecycle } = await bench.start('equalizer');
      const text = 'ä€𝄞';
      const error = await thrownBy(() => lifecycle['configure']?.([{ key: 'output', value: text }]));
      assert.equal((error as { payload?: unknown }).payload, `output cannot be "${text}"`);
    },
  },
  {
    name: 'values: f64 goes in and comes out with every bit',
    async run(bench) {
      const { processor } = await bench.start('equalizer');
      for (const value of [-24, 0.1 + 0.2, 5e-324, 23.999999999999996]) {
        await processor['setParameter']?.(64, value);
        assert.equal(await processor['getParameter']?.(64), value);
      }
    },
  },
  {
    name: 'values: lists of lists of f32 are processed, and of another shape are refused by an empty list',
    async run(bench) {
      const { processor } = await bench.start('equalizer');
      await processor['prepare']?.(SETUP);
      await processor['setParameter']?.(0, 0);
      await processor['reset']?.();
      const block = [Float32Array.of(1, -0.5, 2 ** -126), Float32Array.of(0, 1 / 3, 0.25)];
      assert.deepEqual(await processor['process']?.(block), block);
      assert.deepEqual(await processor['process']?.([]), []);
      assert.deepEqual(await processor['process']?.([Float32Array.of(1)]), []);
    },
  },
  {
    name: 'values: list<u8> comes out and goes in',
    async run(bench) {
      const { state } = await bench.start('equalizer');
      const saved = (await state['serialize']?.()) as Uint8Array;
      assert.ok(saved instanceof Uint8Array && saved.length === 208);
      await state['restore']?.(saved, 1, '1.0.0');
      assert.deepEqual(await state['serialize']?.(), saved);
    },
  },
];
