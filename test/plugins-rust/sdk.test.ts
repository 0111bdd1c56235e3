import { readdirSync, readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { repoFile } from '../cli/run-cli.js';

const SDK = repoFile('plugins-rust/sdk');
const versionOf = (path: string): string =>
  (JSON.parse(readFileSync(repoFile(path), 'utf8')) as { version: string }).version;

describe('the SDK for Rust', () => {
  it('has the WIT of the ABI, file by file', () => {
    const names = readdirSync(repoFile('abi/wit')).sort();
    expect(readdirSync(`${SDK}/wit`).sort()).toEqual(names);
    for (const name of names)
      expect(readFileSync(`${SDK}/wit/${name}`, 'utf8')).toBe(
        readFileSync(repoFile(`abi/wit/${name}`), 'utf8'),
      );
  });

  it('has one version, as crate, as npm package, and as the ABI', () => {
    const version = versionOf('plugins-rust/sdk/package.json');
    expect(readFileSync(`${SDK}/Cargo.toml`, 'utf8')).toContain(`version = "${version}"`);
    expect(version).toBe(versionOf('abi/package.json'));
  });

  it('has unsafe code only where the bindings and the one slot need it', () => {
    const found = readdirSync(`${SDK}/src`).filter((name) =>
      /\bunsafe (?:impl|fn|\{)/.test(readFileSync(`${SDK}/src/${name}`, 'utf8')),
    );
    expect(found).toEqual(['slot.rs']);
  });
});
