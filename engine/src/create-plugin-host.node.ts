import type { Platform } from '@wasm-plugin/abi/manifest';
import { openPlugin } from '@wasm-plugin/abi/package';
import { resolveCarriers, type CreatePluginHostOptions } from './create-plugin-host.js';
import { scan, type ScanResult } from './host/index.node.js';
import { createSandbox } from './sandbox/index.node.js';
import { PluginHost, type ManagedPlugin } from './host/index.js';

/** A host of plugins that lie on disk. */
export class NodePluginHost extends PluginHost {
  /** Makes the plugins in folders known. @see scan */
  scan(...folders: string[]): Promise<ScanResult> {
    return scan(this, folders);
  }

  /**
   * Makes a plugin in a folder or a packed file known.
   * @throws {ManifestError} WP_MANIFEST
   * @throws {PluginError} WP_PACKAGE, WP_DUPLICATE
   */
  async addFrom(path: string): Promise<ManagedPlugin> {
    return await this.add(await openPlugin(path));
  }
}

/**
 * Makes a host of plugins. To be closed. Reads `${NAME}` in configurations from the environment of the process, where it is
 * granted, and knows the platform for native entries.
 * @throws {AbiError} WP_ABI_WORLD
 * @throws {PluginError} WP_LIMITS
 */
export function createPluginHost(options: CreatePluginHostOptions = {}): NodePluginHost {
  return new NodePluginHost(
    resolveCarriers({ env: process.env, platform: thisPlatform, createSandbox, ...options }),
  );
}

function thisPlatform(): Platform {
  const { platform: os, arch: cpu } = process;
  return { os, cpu, libc: os === 'linux' ? libcOf() : undefined };
}

/** A report names the version of glibc, where there is one. */
function libcOf(): 'glibc' | 'musl' {
  const report = process.report.getReport() as { header?: { glibcVersionRuntime?: string } };
  return report.header?.glibcVersionRuntime === undefined ? 'musl' : 'glibc';
}
