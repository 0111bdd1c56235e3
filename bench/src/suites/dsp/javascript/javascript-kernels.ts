import { createBiquads } from './biquads.js';
import { createCompressor } from './compressor.js';
import { createConvolution } from './convolution.js';
import { createFdn } from './fdn.js';
import { createFft } from './fft.js';
import { createFir } from './fir.js';
import { createGain } from './gain.js';
import { createGranular } from './granular.js';
import { createShaper } from './shaper.js';
import type { JavaScriptKernel } from './kernel.js';

/** Each kernel in plain JavaScript, by its name. */
export const JAVASCRIPT_KERNELS: Readonly<Record<string, (sampleRateHz: number) => JavaScriptKernel>> = {
  gain: createGain,
  biquads: createBiquads,
  fir: createFir,
  convolution: createConvolution,
  fdn: createFdn,
  compressor: createCompressor,
  shaper: createShaper,
  granular: createGranular,
  fft: createFft,
};
