export * from '../engine/dist/internals.node.js';
