export { ACTION, actionOf } from './action.js';
export {
  BodyScan,
  CONDITIONAL,
  HAS_CALL,
  HAS_DIRECT_LOOP,
  HAS_ELSE,
  HAS_LOOP,
  HAS_TABLE,
  SYNCED,
} from './body-scan.js';
export { BodyWriter, skipInteger } from './body-writer.js';
export { ENTRY_COST, UNCHECKED_BULK_LENGTH, costOf } from './cost.js';
export { forwardsOnly } from './forwards-only.js';
export { KnownConstants } from './known-constants.js';
export { readLocals, writeLocals } from './locals.js';
export { refuseSlow } from './refuse-slow.js';
export { type Survey, surveyModule } from './survey.js';
