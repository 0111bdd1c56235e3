export { GuestHints, HintSection } from './branch-hints.js';
export { rewriteCustomSections } from './custom-sections.js';
export { functionNames } from './name-section.js';
