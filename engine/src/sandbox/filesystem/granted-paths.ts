import { covers, hostPathOf, type Capability, type FileCapability } from '@wasm-plugin/abi';
import type { Gate } from '../gate.js';
import type { GrantedPath } from './file-access.js';

/**
 * Returns the paths that the manifest asks for and the host grants both: the larger ones, each with everything below it. If
 * two grants give the same path from different places of the host, the first one holds.
 */
export function grantedPaths({ permissions, grants }: Pick<Gate, 'permissions' | 'grants'>): GrantedPath[] {
  const paths = new Map<string, GrantedPath>();
  for (const asked of permissions.filter(isFiles)) {
    for (const given of grants.filter(isFiles)) {
      const path = covers(whole(asked), readOnly(given))
        ? given.path
        : covers(whole(given), readOnly(asked))
          ? asked.path
          : undefined;
      if (path === undefined || paths.has(path)) continue;
      paths.set(path, { path, hostPath: hostPathOf(given, path) });
    }
  }
  return [...paths.values()];
}

/** Returns whether a granted path lies below a path: `/data/box` below `/data`, `box` below `.`. */
export function isAboveGrant(gate: Pick<Gate, 'permissions' | 'grants'>, path: string): boolean {
  const start = path === '.' || path.endsWith('/') ? path : `${path}/`;
  return grantedPaths(gate).some((granted) =>
    start === '.' ? !/^(?:\.$|\/|[A-Z]:\/)/.test(granted.path) : granted.path.startsWith(start),
  );
}

function isFiles(capability: Capability): capability is FileCapability {
  return capability.kind === 'fs';
}

function whole(files: FileCapability): FileCapability {
  return { ...files, readOnly: false };
}

function readOnly({ kind, path }: FileCapability): FileCapability {
  return { kind, path, readOnly: true };
}
