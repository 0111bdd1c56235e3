export { DSP } from './dsp-suite.js';
