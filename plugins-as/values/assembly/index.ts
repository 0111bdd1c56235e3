/** A guest that echoes every kind of WIT value, by itself or through the host. */
import * as control from './control';
import * as echo from './echo';
import * as items from './items';
import * as tokenCalls from './token-calls';

export { control, echo, items, tokenCalls };
