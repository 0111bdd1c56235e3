import { createSandbox as createPortableSandbox, type Sandbox } from './create-sandbox.js';
import { nodeFiles } from './filesystem/index.node.js';
import { workerTransport, type WorkerTransportOptions } from './http/index.node.js';
import type { SandboxOptions } from './sandbox-options.js';

/** What `createSandbox` is given in Node. */
export interface NodeSandboxOptions extends SandboxOptions {
  /** The folder that the host keeps for the plugin: what relative paths of capabilities are in. @default there is none */
  folder?: string | undefined;
  /** How many files and folders it may hold open. @default 128 */
  openFiles?: number;
  /** How a plugin with `http` reaches the network. */
  http?: WorkerTransportOptions;
}

/**
 * Makes the imports of one instance of a plugin, with files and HTTP requests of Node where they are granted. A thread is
 * started with the first request, and none before.
 * @see createPortableSandbox
 */
export function createSandbox(options: NodeSandboxOptions): Sandbox {
  const { folder, openFiles, http } = options;
  return createPortableSandbox(options, {
    files: nodeFiles({ folder, openFiles }),
    http: workerTransport(http),
  });
}
