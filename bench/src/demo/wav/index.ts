export { encodeWav, readWav, type WavFile } from './wav-file.js';
export { FORMATS, type SampleFormat } from './sample-format.js';
