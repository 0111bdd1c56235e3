import { createEngine } from '@wasm-plugin/engine';
import { describe, expect, it } from 'vitest';
import { payloadOf } from '../guests/audio-plugin.js';
import { exampleComponent } from './example-plugin.js';

interface Analyser extends Disposable {
  push(block: Float32Array): void;
  magnitudes(): Float32Array;
}
type Spectrum = { analysis: { Analyser: { create(size: number): Analyser } } };
interface Token {
  text: string;
  start: number;
  end: number;
}
type Tokenizer = { tokenize(text: string): Token[] };

async function open<Exports extends object>(name: string) {
  const plugin = await createEngine({ limits: { fuel: 1e9 } }).load<Exports>(exampleComponent(name), {
    name,
  });
  return plugin.instantiate();
}

function sine({ frames, cycles, level }: { frames: number; cycles: number; level: number }): Float32Array {
  return Float32Array.from(
    { length: frames },
    (_, at) => level * Math.sin((2 * Math.PI * cycles * at) / frames),
  );
}

describe('examples/plugins/spectrum', () => {
  it.each([32, 1024, 32_768])('finds a sine, where it is and how loud, in %d frames', async (size) => {
    const { exports } = await open<Spectrum>('spectrum');
    const analyser = exports.analysis.Analyser.create(size);
    const cycles = size / 8 + 1;
    const sound = sine({ frames: size, cycles, level: 0.7 });
    // Frames before the last ones count for nothing; blocks are of any length.
    analyser.push(new Float32Array(size + 5).fill(1));
    for (let at = 0; at < size; at += 100) analyser.push(sound.subarray(at, at + 100));
    const magnitudes = analyser.magnitudes();
    expect(magnitudes).toHaveLength(size / 2 + 1);
    expect(magnitudes[cycles]).toBeCloseTo(0.7, 4);
    // The window of Hann spreads a sine over its neighbours, and no further.
    const others = magnitudes.filter((_, bin) => Math.abs(bin - cycles) > 1);
    expect(Math.max(...others)).toBeLessThan(1e-5);
  });

  it('keeps streams apart, and frees them', async () => {
    const instance = await open<Spectrum>('spectrum');
    const { Analyser } = instance.exports.analysis;
    const [loud, quiet] = [Analyser.create(64), Analyser.create(64)];
    loud.push(sine({ frames: 64, cycles: 8, level: 1 }));
    expect(loud.magnitudes()[8]).toBeCloseTo(1, 5);
    expect(Math.max(...quiet.magnitudes())).toBe(0);
    for (let round = 0; round < 2000; round++) Analyser.create(1024)[Symbol.dispose]();
    expect(instance.usage().memoryBytes).toBeLessThan(2 ** 20);
  });

  it.each([0, 31, 33, 1000, 65_536])('refuses to look at %d frames', async (size) => {
    const { exports } = await open<Spectrum>('spectrum');
    expect(payloadOf(() => exports.analysis.Analyser.create(size))).toContain('wanted a power of two');
  });
});

describe('examples/plugins/tokenizer', () => {
  it.each([
    'The quick (“brown”) fox can’t jump 32.3 feet, right?',
    'L’été à Paris coûte 1 200,50 €… ou moins !',
    'Съешь же ещё этих мягких французских булок, да выпей чаю.',
    'Ξεσκεπάζω την ψυχοφθόρα βδελυγμία.',
    'naïve café, I said: "a_b" and e.g. U.S.A. 👩‍👩‍👧 ok',
    '',
  ])('finds the words that Intl.Segmenter finds: %j', async (text) => {
    const { exports } = await open<Tokenizer>('tokenizer');
    const bytes = (part: string): number => Buffer.byteLength(part);
    const wanted = [...new Intl.Segmenter('en', { granularity: 'word' }).segment(text)]
      .filter(({ isWordLike }) => isWordLike)
      .map(({ segment, index }) => {
        const start = bytes(text.slice(0, index));
        return { text: segment, start, end: start + bytes(segment) };
      });
    expect(exports.tokenize(text)).toEqual(wanted);
  });
});
