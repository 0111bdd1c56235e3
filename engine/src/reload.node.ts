/** The door `@wasm-plugin/engine/reload` in Node: the portable one, stores in files and watches of them. */
export * from './reload.js';
export {
  createFileStore,
  watch,
  type EventSource,
  type FileChange,
  type FileStoreOptions,
  type Watch,
  type WatchOptions,
} from './reload/index.node.js';
