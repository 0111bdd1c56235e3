import { parseManifest, resolveEntry } from '@wasm-plugin/abi/manifest';
import { describe, expect, it } from 'vitest';
import { SMALL_MANIFEST } from './full-manifest.js';

const NATIVE = parseManifest({
  ...SMALL_MANIFEST,
  carrier: 'library',
  entry: undefined,
  platforms: [
    { os: 'linux', cpu: 'x64', libc: 'musl', entry: 'musl.so' },
    { os: 'linux', cpu: 'x64', entry: 'linux.so' },
    { os: 'darwin', entry: 'mac.dylib' },
  ],
  fallbacks: [{ carrier: 'wasm', entry: 'plugin.wasm' }],
});

const ALL = ['wasm', 'library', 'rpc'];

describe('resolveEntry()', () => {
  it.each([
    [{ os: 'linux', cpu: 'x64', libc: 'glibc' as const }, 'linux.so'],
    [{ os: 'linux', cpu: 'x64', libc: 'musl' as const }, 'musl.so'],
    [{ os: 'darwin', cpu: 'arm64' }, 'mac.dylib'],
    [{ os: 'win32', cpu: 'x64' }, 'plugin.wasm'],
    [undefined, 'plugin.wasm'],
  ])('for %j gives %s', (platform, entry) => {
    expect(resolveEntry(NATIVE, { platform, carriers: ALL }).entry).toBe(entry);
  });

  it('falls back where the host has no such carrier', () => {
    const platform = { os: 'linux', cpu: 'x64' };
    expect(resolveEntry(NATIVE, { platform, carriers: ['wasm'] })).toEqual({
      carrier: 'wasm',
      entry: 'plugin.wasm',
    });
  });

  it('says what there is and what would be needed', () => {
    expect(() =>
      resolveEntry(NATIVE, { platform: { os: 'win32', cpu: 'x64' }, carriers: ['library'] }),
    ).toThrow(
      'it has entries for linux-x64-musl, linux-x64, darwin-*; this is win32-x64, and there is no fallback',
    );
    expect(() => resolveEntry(parseManifest(SMALL_MANIFEST), { carriers: ['rpc'] })).toThrow(
      'Cannot run "acme.small": it needs the carrier wasm; the host has rpc',
    );
  });
});
