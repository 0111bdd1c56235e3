import { execFileSync, spawnSync } from 'node:child_process';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { callCli, temporaryFolder } from '../run-cli.js';
import { cliJson, errorOf, hasProgram, manifestOf, packedPlugin, writePlugin } from './packages.js';

const FOLDER = temporaryFolder();
const path = (name: string): string => join(FOLDER, name);

// Each use of a password takes a gibibyte and some seconds, as minisign has it. "test/cli/keys" has keys that take less.
describe('wasm-plugin keygen and sign, with a password', () => {
  it('refuse a wrong one', async () => {
    const file = await packedPlugin(FOLDER, { id: 'acme.eq', version: '1.0.0' });
    await cliJson(['keygen', '-o', path('locked')], { env: { WASM_PLUGIN_KEY_PASSWORD: 'right' } });
    const sign = ['sign', file, '--key', path('locked.key')];
    const wrong = await callCli(sign, { env: { WASM_PLUGIN_KEY_PASSWORD: 'wrong' } });
    expect(errorOf(wrong)).toContain('the password is wrong, or it is damaged');
    expect((await callCli(sign, { env: { WASM_PLUGIN_KEY_PASSWORD: 'right' } })).code).toBe(0);
  });
});

const MINISIGN = hasProgram('minisign');
if (!MINISIGN) console.log('skipped: minisign as the judge of our locked keys, as it is not installed');

describe.skipIf(!MINISIGN)('minisign (Debian), with a password', () => {
  it('takes our keys', async () => {
    await cliJson(['keygen', '-o', path('phrase')], { env: { WASM_PLUGIN_KEY_PASSWORD: 'a phrase' } });
    writeFileSync(path('text'), 'text');
    const signed = spawnSync('minisign', ['-Sm', path('text'), '-s', path('phrase.key')], {
      input: 'a phrase\n',
    });
    expect(signed.status).toBe(0);
    execFileSync('minisign', ['-Vm', path('text'), '-p', path('phrase.pub')]);
  });

  it('makes keys that we take', async () => {
    const plugin = writePlugin(path('theirs'), manifestOf('acme.theirs', '1.0.0'));
    const input = 'pass\npass\n';
    const made = spawnSync('minisign', ['-G', '-p', path('secret.pub'), '-s', path('secret.key')], { input });
    expect(made.status).toBe(0);
    await cliJson(['sign', plugin, '--key', path('secret.key')], {
      env: { WASM_PLUGIN_KEY_PASSWORD: 'pass' },
    });
    expect((await callCli(['verify', plugin, '-t', path('secret.pub')])).code).toBe(0);
  });
});
