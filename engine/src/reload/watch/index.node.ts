export { contentHash, readContent, type Content } from './content.node.js';
export { chokidarEvents, polling, type EventSource } from './file-events.node.js';
export { ignoring, type Ignoring } from './ignore.node.js';
export { watch, type FileChange, type Watch, type WatchOptions } from './watch.node.js';
