export { checkValue } from './check-value.js';
export { copyJson } from './copy-json.js';
export { deepFreeze } from './deep-freeze.js';
export { alternatives, describeValue, memberPath } from './describe-value.js';
export { fillDefaults } from './fill-defaults.js';
export { messageOf } from './message-of.js';
export { META_SCHEMA } from './meta-schema.js';
export { resolveRef, type Json, type JsonSchema, type JsonType } from './schema.js';
export { violation, type Violation } from './violation.js';
