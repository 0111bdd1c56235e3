import { resolve } from 'node:path';
import { Option } from 'commander';
import { CliError } from '../cli-error.js';
import { DownloadCache } from './download-cache.js';
import { FolderRegistry } from './folder-registry.js';
import { OciClient, parseOciAddress } from './oci-client.js';
import { OciRegistry } from './oci-registry.js';
import type { Registry } from './registry.js';

const VARIABLE = 'WASM_PLUGIN_REGISTRY';
const CACHE_VARIABLE = 'WASM_PLUGIN_CACHE_BYTES';

/** Help text about registries. */
export const REGISTRY_NOTES = `
A registry is a folder (plugins publish into it, and any web server can serve it: https://…), or an OCI registry
(oci://registry.example.com/plugins; without TLS if it is on this machine, or as oci+http://…). It is that of --registry, else
that of ${VARIABLE}. WASM_PLUGIN_REGISTRY_USER and WASM_PLUGIN_REGISTRY_PASSWORD say who asks an OCI registry.`;

/** `--registry`: if plugins come from. */
export function registryOption(): Option {
  return new Option('-r, --registry <place>', 'a folder, https://…, or oci://…').env(VARIABLE);
}

/**
 * Opens a registry.
 * @throws {CliError} none is said, or it is no place that there is
 */
export function openRegistry(place: string | undefined): Registry {
  if (place === undefined || place === '')
    throw new CliError('Cannot tell which registry is meant', {
      exitCode: 2,
      hint: `Say --registry, or set ${VARIABLE}: a folder, https://…, or oci://…`,
    });
  const cache = new DownloadCache({ mostBytes: cacheBytes() });
  if (/^oci(?:\+http)?:/i.test(place)) {
    const address = parseOciAddress(place);
    if (address === undefined) throw notAPlace(place, 'wanted oci://HOST[:PORT][/PREFIX]');
    const { WASM_PLUGIN_REGISTRY_USER: user, WASM_PLUGIN_REGISTRY_PASSWORD: password } = process.env;
    const credentials = user === undefined || password === undefined ? undefined : { user, password };
    return new OciRegistry(place, address, {
      client: new OciClient(place, address.origin, credentials),
      cache,
    });
  }
  if (/^https?:/i.test(place)) {
    if (!URL.canParse(place)) throw notAPlace(place, 'wanted https://HOST/PATH');
    return new FolderRegistry(place, cache);
  }
  if (/^[a-z][a-z0-9+.-]+:\/\//i.test(place))
    throw notAPlace(place, 'wanted a folder, https://…, or oci://…');
  return new FolderRegistry(resolve(place), cache);
}

function cacheBytes(): number | undefined {
  const text = process.env[CACHE_VARIABLE];
  if (text === undefined) return undefined;
  if (/^\d{1,15}$/.test(text)) return Number(text);
  throw new CliError(`Cannot use ${CACHE_VARIABLE}=${JSON.stringify(text)}: wanted a number of bytes`, {
    exitCode: 2,
  });
}

function notAPlace(place: string, wanted: string): CliError {
  return new CliError(`Cannot use the registry "${place}": ${wanted}`, { exitCode: 2 });
}
