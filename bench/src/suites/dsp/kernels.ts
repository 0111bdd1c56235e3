import { readFileSync } from 'node:fs';

/** The folder with the sources of the kernels; the components are in `build/`. */
export const KERNEL_FOLDER = new URL('../../../kernels/dsp/', import.meta.url);

/** A kernel of the bench. */
export interface Kernel {
  name: string;
  /** Description, for people. */
  title: string;
  /** Functions of `libm` that `process` calls: outputs differ in them between C libraries. */
  libm: readonly string[];
}

/** Every kernel. */
export const KERNELS: readonly Kernel[] = [
  { name: 'gain', title: 'gain and mix', libm: [] },
  { name: 'biquads', title: 'equalizer of 8 biquads', libm: [] },
  { name: 'fir', title: 'FIR of 512 taps', libm: [] },
  { name: 'convolution', title: 'partitioned convolution, 2 s', libm: [] },
  { name: 'fdn', title: 'reverb of 8 delay lines', libm: [] },
  { name: 'compressor', title: 'look-ahead compressor', libm: ['log2f', 'exp2f'] },
  { name: 'shaper', title: 'wave shaper, 4 times oversampled', libm: ['tanhf'] },
  { name: 'granular', title: 'granular delay, 16 grains', libm: [] },
  { name: 'fft', title: 'spectral gate, FFT of 1024', libm: [] },
];

/** The languages that every kernel is written in, beside C, by the folder of the built components. */
export const OTHER_LANGUAGES = { rust: 'rust', assemblyscript: 'assembly' } as const;

/** Reads the component that a kernel was built to. */
export function readKernel(name: string, language?: keyof typeof OTHER_LANGUAGES): Uint8Array<ArrayBuffer> {
  const folder = language === undefined ? 'build' : `build/${OTHER_LANGUAGES[language]}`;
  return new Uint8Array(readFileSync(new URL(`${folder}/${name}.wasm`, KERNEL_FOLDER)));
}
