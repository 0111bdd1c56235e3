import assert from 'node:assert/strict';
import type { CarrierCase } from '../carrier-case.js';
import { pluginErrorOf, thrownBy } from './errors-of.js';

/** Arguments that fit no type of their function. */
const WRONG: readonly [name: string, ...args: unknown[]][] = [
  ['setParameter', 'one', 1],
  ['setParameter', 1, {}],
  ['prepare', undefined],
  ['prepare', { sampleRateHz: 48_000, maxFrames: 128 }],
  ['process', [['a']]],
  ['process', 7],
];

export const ERROR_CASES: readonly CarrierCase[] = [
  {
    name: 'errors: each case of a variant is thrown with its payload, and the instance stays usable',
    async run(bench) {
      const { instance, processor } = await bench.start('equalizer');
      const setup = { sampleRateHz: 1, maxFrames: 128, channels: 2 };
      for (const [call, payload] of [
        [() => processor['setParameter']?.(7, 0), { tag: 'unknown-parameter', val: 7 }],
        [() => processor['setParameter']?.(64, NaN), { tag: 'invalid-value', val: NaN }],
        [
          () => processor['prepare']?.(setup),
          { tag: 'unsupported-setup', val: 'the sample rate must be 8000 to 768000 Hz' },
        ],
      ] as const) {
        const error = await pluginErrorOf(call);
        assert.equal(error.code, 'WP_GUEST');
        assert.deepEqual((error as { payload?: unknown }).payload, payload);
      }
      assert.equal(instance.state, 'ready');
      assert.equal(await processor['getParameter']?.(64), 0);
    },
  },
  {
    name: 'errors: arguments that do not fit are refused, and the instance stays usable',
    async run(bench) {
      const { instance, processor } = await bench.start('equalizer');
      for (const [name, ...args] of WRONG) {
        const error = await thrownBy(() => processor[name]?.(...args));
        assert.ok(error instanceof Error, name);
      }
      assert.equal(instance.state, 'ready');
      assert.equal(await processor['getParameter']?.(64), 0);
    },
  },
  {
    name: 'garbage: states of any bytes are refused, and the instance stays as it was',
    async run(bench) {
      const { instance, processor, state } = await bench.start('equalizer');
      await processor['prepare']?.({ sampleRateHz: 48_000, maxFrames: 128, channels: 2 });
      await processor['setParameter']?.(64, 3);
      const good = (await state['serialize']?.()) as Uint8Array;
      const bad = [new Uint8Array(), new Uint8Array(4096).fill(255), good.slice(0, -1)];
      for (let at = 0; at < 208; at += 13)
        bad.push(good.map((byte, index) => (index === at ? ~byte : byte)).slice(at % 5 === 0 ? 1 : 0));
      let refused = 0;
      for (const bytes of bad) {
        try {
          await state['restore']?.(bytes, 1, '1.0.0');
        } catch (error) {
          assert.equal((error as { code?: unknown }).code, 'WP_GUEST');
          refused++;
        }
      }
      assert.ok(refused >= 3);
      await state['restore']?.(good, 1, '1.0.0');
      assert.equal(await processor['getParameter']?.(64), 3);
      assert.equal(instance.state, 'ready');
      assert.equal((await pluginErrorOf(() => state['restore']?.(good, 2, '2.0.0'))).code, 'WP_GUEST');
    },
  },
];
