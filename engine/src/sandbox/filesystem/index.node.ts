export { nodeFiles, type NodeFilesOptions } from './node-files.node.js';
