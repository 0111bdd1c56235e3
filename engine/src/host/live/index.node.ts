/** Folders whose plugins follow what lies in them. */
export { LiveFolders } from './live-folders.node.js';
