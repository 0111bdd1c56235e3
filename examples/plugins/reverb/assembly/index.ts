/** A convolution reverb. Each namespace is an interface of the world `reverb`. */
import * as lifecycle from './lifecycle';
import * as processor from './processor';
import * as realtime from './realtime';
import * as response from './response';
import * as state from './state';

export { lifecycle, processor, realtime, response, state };
