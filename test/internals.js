/** Parts of the engine that it does not publish, as `#internals`. */
export * from '../engine/dist/internals.node.js';
