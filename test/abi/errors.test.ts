import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import {
  CapabilityError,
  ERROR_CODES,
  ManifestError,
  ModuleError,
  PluginError,
  QuotaError,
  ReloadError,
  StateError,
} from '@wasm-plugin/abi';
import { describe, expect, it } from 'vitest';

const ROOT = join(fileURLToPath(import.meta.url), '../../..');

function sources(): string[] {
  const files = [
    'ls-files',
    '--cached',
    '--others',
    '--exclude-standard',
    'abi/src',
    'engine/src',
    'native-bridge/src',
    'cli/src',
  ];
  return execFileSync('git', files, { cwd: ROOT, encoding: 'utf8' })
    .split('\n')
    .filter((path) => path.endsWith('.ts'))
    .map((path) => readFileSync(join(ROOT, path), 'utf8'));
}

/** Leaves out texts that are only the beginning of codes. */
function withoutPrefixes(text: string): string {
  return text.replaceAll(/startsWith\('WP_[A-Z_]*'\)/g, '');
}

describe('ERROR_CODES', () => {
  it('has every code that a source names', () => {
    const named = new Set(
      sources().flatMap((text) => withoutPrefixes(text).match(/\bWP_[A-Z]+(?:_[A-Z]+)*\b(?!_)/g) ?? []),
    );
    expect([...named].filter((code) => !Object.hasOwn(ERROR_CODES, code))).toEqual([]);
  });

  it('explains each code in words', () => {
    for (const [code, meaning] of Object.entries(ERROR_CODES)) {
      expect(code).toMatch(/^WP_[A-Z]+(_[A-Z]+)*$/);
      expect(meaning).toMatch(/^[a-z].*[^.]$/);
    }
  });
});

describe('errors', () => {
  it('compose their text from facts', () => {
    const problems = [{ path: '$.id', value: undefined, message: 'is missing' }];
    const one = new ManifestError('the manifest "plugin.json"', { problems });
    expect(one.message).toBe('Cannot read the manifest "plugin.json": $.id is missing');
    const two = new ManifestError('it', { problems: [...problems, ...problems] });
    expect(two.message).toBe('Cannot read it: 2 problems\n  $.id is missing\n  $.id is missing');
    const capability = new CapabilityError({ capability: 'fs:/data', lacking: 'host', plugin: 'acme.eq' });
    expect(capability.message).toBe('Cannot let "acme.eq" use "fs:/data": the host does not grant it');
    const reload = new ReloadError({
      plugin: 'acme.eq',
      step: 'restore',
      reason: 'it refused',
      instanceUsable: true,
    });
    expect(reload).toMatchObject({ code: 'WP_RELOAD', step: 'restore', instanceUsable: true });
    expect(reload.message).toBe('Cannot reload "acme.eq": the step "restore" failed: it refused');
  });

  it('are known by their brand', () => {
    expect(PluginError.is(new StateError('Cannot read the state: it is torn'))).toBe(true);
    expect(PluginError.is(new Error('x'))).toBe(false);
  });
});

describe('PluginError.reason', () => {
  const cases: [string, PluginError, string][] = [
    [
      'ModuleError',
      new ModuleError('WP_MODULE_INVALID', 'no end', { offset: 16 }),
      'no end (at offset 0x10)',
    ],
    [
      'QuotaError',
      new QuotaError('WP_QUOTA_FUEL', { limit: 'fuel', unit: 'count', allowed: 1, used: 2 }),
      'the limit "fuel" of 1 is reached (used 2)',
    ],
    [
      'CapabilityError',
      new CapabilityError({ capability: 'log', lacking: 'host' }),
      'the host does not grant it',
    ],
    ['ReloadError', new ReloadError({ step: 'save', reason: 'it refused' }), 'it refused'],
  ];
  it.each(cases)('of a %s is the end of its message', (_, error, reason) => {
    expect(error.reason).toBe(reason);
    expect(error.message.endsWith(`: ${reason}`)).toBe(true);
  });

  it('is the whole message where nobody gave the reason apart', () => {
    expect(new PluginError('WP_CLOSED', 'Cannot go on').reason).toBe('Cannot go on');
  });
});
