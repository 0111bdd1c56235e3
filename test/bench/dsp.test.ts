import { execFileSync } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import type { BenchReport } from '@wasm-plugin/bench';
import { coreSubject } from '../../bench/dist/suites/dsp/core-subject.js';
import { engineSubject, METERED } from '../../bench/dist/suites/dsp/engine-subject.js';
import { javascriptSubject } from '../../bench/dist/suites/dsp/javascript-subject.js';
import { KERNELS, readKernel } from '../../bench/dist/suites/dsp/kernels.js';
import { nullTest } from '../../bench/dist/suites/dsp/null-test.js';

const MAIN = fileURLToPath(new URL('../../bench/dist/main.js', import.meta.url));
/** JavaScript computes in 64 bits and rounds once a sample: the difference is far below the audible. */
const JAVASCRIPT_DB = -75;
/** Other languages round as C does; their libraries' functions differ in the last bit. */
const OTHER_DB = -120;

describe.each(KERNELS)('the kernel $name: $title', ({ name }) => {
  const setup = { sampleRateHz: 48_000, maxFrames: 128, channels: 2 };

  it('sounds the same metered as its core module by itself, bit for bit', async () => {
    const component = readKernel(name);
    const subjects = new Map([['engine', await engineSubject(component, { ...setup, limits: METERED })]]);
    const result = nullTest(coreSubject(component, setup), subjects, setup);
    expect(result.get('engine')).toEqual({ different: 0, peakDb: null });
  });

  it(`sounds the same in JavaScript, to ${JAVASCRIPT_DB} dB`, () => {
    const subjects = new Map([['javascript', javascriptSubject(name, setup)]]);
    const result = nullTest(coreSubject(readKernel(name), setup), subjects, setup);
    expect(result.get('javascript')?.peakDb ?? -Infinity).toBeLessThan(JAVASCRIPT_DB);
  });

  it.each(['rust', 'assemblyscript'] as const)(
    `sounds the same in %s, to ${OTHER_DB} dBFS`,
    async (language) => {
      const component = readKernel(name, language);
      const subjects = new Map([[language, await engineSubject(component, { ...setup, limits: METERED })]]);
      const result = nullTest(coreSubject(readKernel(name), setup), subjects, setup);
      expect(result.get(language)?.peakDb ?? -Infinity).toBeLessThanOrEqual(OTHER_DB);
    },
  );

  it('takes blocks of every length', () => {
    const whole = coreSubject(readKernel(name), setup);
    const pieces = coreSubject(readKernel(name), { ...setup, maxFrames: 1024 });
    const wanted: number[] = [];
    const got: number[] = [];
    const input = Float32Array.from({ length: 128 * 24 }, (_, at) => Math.sin(at * 0.37) * 0.4);
    for (let at = 0; at < input.length; at += 128) {
      whole.inputs[0]?.set(input.subarray(at, at + 128));
      whole.process(128);
      wanted.push(...(whole.outputs[0] ?? []));
    }
    for (let at = 0, length = 1; at < input.length; at += length, length = (length * 7 + 3) % 1024) {
      const piece = input.subarray(at, at + length);
      pieces.inputs[0]?.set(piece);
      pieces.process(piece.length);
      got.push(...(pieces.outputs[0]?.subarray(0, piece.length) ?? []));
    }
    expect(got).toEqual(wanted);
  });
});

describe('npm run bench -- dsp --quick --json', () => {
  it('prints a row a kernel, with verdicts', () => {
    const text = execFileSync(
      process.execPath,
      ['--expose-gc', MAIN, 'dsp', '--quick', '--json', '--only', 'gain'],
      { encoding: 'utf8', stdio: ['ignore', 'pipe', 'ignore'] },
    );
    const { rows, verdict } = JSON.parse(text) as BenchReport;
    expect(rows.map(({ name }) => name)).toEqual(['gain']);
    expect(Object.keys(rows[0]?.variants ?? {})).toEqual(
      expect.arrayContaining(['core', 'engine', 'javascript']),
    );
    expect(verdict.map(({ claim }) => claim)).toContain('gain: garbage a block');
  });
});
