import { ManifestError } from '@wasm-plugin/abi';
import { parseManifest } from '@wasm-plugin/abi/manifest';
import { hostFindings } from '@wasm-plugin/abi/update';
import { compareVersions, satisfies, updateKind } from '@wasm-plugin/abi/version';
import { FULL_MANIFEST, SMALL_MANIFEST } from '../../abi/manifest/full-manifest.js';
import { mutateJson } from '../../support/mutate-json.js';
import type { Generator as FuzzGenerator } from '../generator.js';
import { within } from '../within.js';

const VERSIONS = ['1.0.0-01', '1.0.0-beta.01', '1.0.99999999999999999', '1.0.0+a', '0.0.0-0', '1.0.0--'];
const NAMES = ['a:b/JSON-tools', 'a:b/c@1.0.0-01', 'a:b/c-', 'a:b/c--d', 'A:b/c', 'a:b/to-8@1', 'a:b:c/d'];

/** Mutated manifests: each is refused with problems, or means something to all who read it. */
export const generator: FuzzGenerator = {
  name: 'manifests',
  testRuns: 500,
  make(random) {
    let manifest: unknown = random.pick<object>([FULL_MANIFEST, SMALL_MANIFEST]);
    for (let count = random.below(4); count > 0; count--) manifest = mutateJson(manifest, random);
    const own = { ...(manifest as Record<string, unknown>) };
    if (random.chance(0.2)) own['version'] = random.pick(VERSIONS);
    if (random.chance(0.2)) own['interfaces'] = [random.pick(NAMES)];
    return own;
  },
  check(manifest) {
    try {
      const text = JSON.stringify(manifest);
      const parsed = within(2000, () => parseManifest(text));
      const { version, dependencies } = parsed;
      updateKind(version, '1.0.0');
      compareVersions(version, '1.0.0');
      for (const { range } of dependencies) satisfies(version, range);
      hostFindings(parsed, { engine: '1.0.0-beta.1', abi: '0.1.0' });
      return 'taken';
    } catch (error) {
      if (error instanceof ManifestError && error.problems.length > 0) return error.code;
      throw error;
    }
  },
  *shrink(manifest) {
    for (const key of Object.keys(manifest as object)) {
      const { [key]: _, ...others } = manifest as Record<string, unknown>;
      yield others;
    }
  },
  show: (manifest) => JSON.stringify(manifest, undefined, 2),
};
