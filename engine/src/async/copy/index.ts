/** Streams and futures: what their ends share, and the ends in the table of a guest. */
export { COPY, type CopyResult, type Elements, type Sink, type Source } from './buffer.js';
export { CopyEnd } from './copy-end.js';
export { GuestBuffer, type ElementAccess } from './guest-buffer.js';
export { Shared } from './shared.js';
