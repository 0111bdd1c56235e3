export { createFileStore, type FileStoreOptions } from './file-store.node.js';
