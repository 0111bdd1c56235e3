/** A small audio effect that does everything right, of which `versions.json` makes a zoo: each kind gets one thing wrong. */
import * as lifecycle from './lifecycle';
import * as processor from './processor';
import * as realtime from './realtime';
import * as state from './state';

export { lifecycle, processor, realtime, state };
