import { ABI_VERSION } from '@wasm-plugin/abi';
import { hostFindings } from '@wasm-plugin/abi/update';
import { compareVersions, highestIn, satisfiesAsHost } from '@wasm-plugin/abi/version';
import { parseManifest } from '@wasm-plugin/abi/manifest';
import { describe, expect, it } from 'vitest';
import { SMALL_MANIFEST } from '../manifest/full-manifest.js';

describe('satisfiesAsHost()', () => {
  it('lets a pre-release of a host run what is for the hosts around it', () => {
    expect(satisfiesAsHost('0.2.0-beta.1', '>=0.1.0')).toBe(true);
    expect(satisfiesAsHost('1.0.0-beta.1', '^1.0.0-alpha')).toBe(true);
    expect(satisfiesAsHost('1.0.0-beta.1', '*')).toBe(true);
    expect(satisfiesAsHost('1.0.0-beta.1', '>=1.0.0')).toBe(false);
    expect(satisfiesAsHost('0.2.0-beta.1', '^0.1.0')).toBe(false);
  });

  it('is what a host asks about its engine and its ABI', () => {
    const manifest = parseManifest({ ...SMALL_MANIFEST, engine: '>=0.1.0', abi: '*' });
    expect(hostFindings(manifest, { engine: '0.2.0-beta.1', abi: ABI_VERSION })).toEqual([]);
  });
});

describe('compareVersions()', () => {
  it('orders versions that differ in build metadata alone', () => {
    const both = ['1.0.0+a', '1.0.0+b'];
    expect([...both].sort(compareVersions)).toEqual(both);
    expect(both.toReversed().sort(compareVersions)).toEqual(both);
    expect([highestIn('*', both), highestIn('*', both.toReversed())]).toEqual(['1.0.0+b', '1.0.0+b']);
  });
});
