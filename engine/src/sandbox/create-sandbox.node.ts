import { createSandbox as createPortableSandbox, type Sandbox } from './create-sandbox.js';
import { nodeFiles } from './filesystem/index.node.js';
import { workerTransport } from './http/index.node.js';
import type { SandboxOptions } from './sandbox-options.js';

/**
 * Makes the imports of one instance of a plugin, with files and HTTP requests of Node if they are granted. A thread is
 * started with the first request, and none before.
 * @throws {PluginError} WP_CAPABILITY for a text that is no capability
 * @see createPortableSandbox
 */
export function createSandbox(options: SandboxOptions): Sandbox {
  const { folder, openFiles, http } = options;
  return createPortableSandbox(options, {
    files: nodeFiles({ folder, openFiles }),
    http: workerTransport(http),
  });
}
