import type { Platform } from '@wasm-plugin/abi/manifest';
import { createVerifier, type TrustOptions } from '@wasm-plugin/abi/trust';
import { resolveHostOptions, type CreatePluginHostOptions as PortableOptions } from './create-plugin-host.js';
import { isolatedWasm } from './isolated-carrier.node.js';
import { NodePluginHost, type NodePluginHostOptions } from './node-plugin-host.node.js';
import { createSandbox } from '../sandbox/index.node.js';

/** Options of `createPluginHost` in Node. */
export interface CreatePluginHostOptions extends PortableOptions, OnDisk, TrustOptions {}

type OnDisk = Pick<NodePluginHostOptions, 'folders' | 'watch' | 'live' | 'audit'>;

/**
 * Makes a host of plugins. To be closed. Reads `${NAME}` in configurations from the environment of the process, if it is
 * granted, and knows the platform for native entries.
 * @throws {AbiError} WP_ABI_WORLD
 * @throws {PluginError} WP_LIMITS; WP_SIGNATURE for a trusted key that is none
 * @throws {TypeError} for an unknown option
 */
export function createPluginHost(options: CreatePluginHostOptions = {}): NodePluginHost {
  const { trustedKeys, lockFile, ...rest } = options;
  const verify = createVerifier({ trustedKeys, lockFile });
  if (verify !== undefined && rest.verify !== undefined)
    throw new TypeError('Cannot create a plugin host: "verify" is given beside "trustedKeys" or "lockFile"');
  const { engine = {} } = rest;
  const resolved = {
    env: process.env,
    platform: thisPlatform,
    createSandbox,
    // An engine that is there already has imports and a world that nobody knows here.
    ...(!('load' in engine) && { isolatedCarrier: isolatedWasm(engine) }),
    ...(verify !== undefined && { verify }),
    ...rest,
  };
  return new NodePluginHost(
    resolveHostOptions<OnDisk>(resolved, { folders: true, watch: true, live: true, audit: true }),
  );
}

function thisPlatform(): Platform {
  const { platform: os, arch: cpu } = process;
  return { os, cpu, libc: os === 'linux' ? libcOf() : undefined };
}

/** A report names the version of glibc, if there is one. */
function libcOf(): 'glibc' | 'musl' {
  const report = process.report.getReport() as { header?: { glibcVersionRuntime?: string } };
  return report.header?.glibcVersionRuntime === undefined ? 'musl' : 'glibc';
}
