/** Stands between a runner and a subject, and passes on what it gets. */
import * as results from './results';
import * as things from './things';

export { results, things };
