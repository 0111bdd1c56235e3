import { covers, type Capability } from '@wasm-plugin/abi';
import type { Gate } from '../gate.js';

/** The paths that the manifest asks for and the host grants both: the larger ones, each with everything below it. */
export function grantedPaths({ permissions, grants }: Pick<Gate, 'permissions' | 'grants'>): string[] {
  const paths = new Set<string>();
  for (const asked of permissions.filter(isFiles)) {
    for (const given of grants.filter(isFiles)) {
      const [wide, narrow] = [asked, given].map((each): Capability => ({ ...each, readOnly: false }));
      const path = covers(wide as Capability, readOnly(given))
        ? given.path
        : covers(narrow as Capability, readOnly(asked))
          ? asked.path
          : undefined;
      if (path !== undefined) paths.add(path);
    }
  }
  return [...paths];
}

type Files = Extract<Capability, { kind: 'fs' }>;

function isFiles(capability: Capability): capability is Files {
  return capability.kind === 'fs';
}

function readOnly(files: Files): Capability {
  return { ...files, readOnly: true };
}
