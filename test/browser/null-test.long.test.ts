import { mkdirSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import { coreSubject } from '../../bench/dist/suites/dsp/core-subject.js';
import { KERNELS, readKernel } from '../../bench/dist/suites/dsp/kernels.js';
import { buildNative, describeBuild, REFERENCE } from '../../bench/dist/suites/dsp/native-build.js';
import { nativeSubject } from '../../bench/dist/suites/dsp/native-subject.js';
import type { Subject } from '../../bench/dist/suites/dsp/subject.js';
import { CHROMIUM, runPage } from '../support/chromium.js';
import { modulePage } from '../support/module-page.js';
import { Random } from '../support/random.js';

const ROOT = join(dirname(fileURLToPath(import.meta.url)), '../..');
const POLICY = "default-src 'self'; script-src 'self' 'nonce-n' 'wasm-unsafe-eval'";
const SETUP = { sampleRateHz: 48_000, maxFrames: 128, channels: 1 };
const BLOCKS = 300;
/** The least number of 32 bits that is not denormal: an audio thread may take smaller ones as 0. */
const LEAST_NORMAL = 2 ** -126;

const missing = CHROMIUM === undefined ? 'no Chromium on this machine' : undefined;
const native = describeBuild(REFERENCE);
const reference = native === undefined ? 'the core module in Node' : 'native code';

function render(subject: Subject, input: Float32Array): Float32Array {
  const output = new Float32Array(input.length);
  for (let at = 0; at < input.length; at += SETUP.maxFrames) {
    subject.inputs[0]?.set(input.subarray(at, at + SETUP.maxFrames));
    subject.process(SETUP.maxFrames);
    output.set(subject.outputs[0] as Float32Array, at);
  }
  return output;
}

describe(`kernels in a browser${missing === undefined ? '' : ` (skipped: ${missing})`}`, () => {
  it.skipIf(missing)(`sound as ${reference} does, bit for bit`, async () => {
    const folder = join(ROOT, 'test/dist/null');
    mkdirSync(folder, { recursive: true });
    const random = new Random(11);
    // Noise, then silence: the decay is compared too.
    const input = Float32Array.from({ length: SETUP.maxFrames * BLOCKS }, (_, at) =>
      at < SETUP.maxFrames * 200 ? random.next() - 0.5 : 0,
    );
    writeFileSync(join(folder, 'input.bin'), new Uint8Array(input.buffer));
    for (const { name } of KERNELS) {
      const subject =
        native === undefined
          ? coreSubject(readKernel(name), SETUP)
          : nativeSubject(buildNative(name, REFERENCE), SETUP);
      writeFileSync(join(folder, `${name}.bin`), new Uint8Array(render(subject, input).buffer));
    }
    const names = KERNELS.map(({ name }) => name);
    const html = modulePage(`import { nullTests } from '/test/browser/pages/null-test.js';
return await nullTests(${JSON.stringify(names)});`);
    const results = (await runPage({ root: ROOT, html, policy: POLICY })) as Record<
      string,
      { page: { different: number }; worklet: { peak: number; different: number } }
    >;
    expect(Object.entries(results).map(([name, { page }]) => [name, page.different])).toEqual(
      names.map((name) => [name, 0]),
    );
    for (const { worklet } of Object.values(results)) expect(worklet.peak).toBeLessThan(LEAST_NORMAL);
  });
});
