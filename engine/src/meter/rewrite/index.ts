export { BodyRewriter } from './body-rewriter.js';
export { rewriteBodies, type RewrittenBodies } from './rewrite-bodies.js';
export type { RewriteContext } from './rewrite-context.js';
