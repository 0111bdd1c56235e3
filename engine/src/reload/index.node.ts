export {
  chokidarEvents,
  contentHash,
  ignoring,
  polling,
  readContent,
  watch,
  type Content,
  type EventSource,
  type FileChange,
  type Watch,
  type WatchOptions,
} from './watch/index.node.js';
export { createFileStore, type FileStoreOptions } from './state/index.node.js';
