export { makeSong } from './make-song.js';
