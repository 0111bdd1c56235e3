/** A tempo-synced delay. Each namespace is an interface of the world `audio-effect`. */
import * as lifecycle from './lifecycle';
import * as processor from './processor';
import * as realtime from './realtime';
import * as state from './state';

export { lifecycle, processor, realtime, state };
