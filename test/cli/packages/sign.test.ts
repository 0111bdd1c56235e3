import { execFileSync } from 'node:child_process';
import { copyFileSync, mkdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { callCli, temporaryFolder } from '../run-cli.js';
import {
  cliJson,
  errorOf,
  hasProgram,
  manifestOf,
  packedPlugin,
  snapshot,
  tamper,
  writePlugin,
} from './packages.js';

const FOLDER = temporaryFolder();
const path = (name: string): string => join(FOLDER, name);

interface Key {
  id: string;
  publicKey: string;
}

const OWN = await cliJson<Key>(['keygen', '--no-password', '-o', path('own')]);
const OTHER = await cliJson<Key>(['keygen', '--no-password', '-o', path('other')]);
const SIGNED = await packedPlugin(FOLDER, { id: 'acme.eq', version: '1.0.0', key: path('own.key') });
const UNSIGNED = await packedPlugin(FOLDER, { id: 'acme.plain', version: '1.0.0' });

describe('wasm-plugin keygen', () => {
  it('makes a secret key that only its owner can read, and does not write over one', async () => {
    expect(statSync(path('own.key')).mode & 0o777).toBe(0o600);
    expect(OWN.publicKey).toMatch(/^RW[A-Za-z0-9+/]{54}$/);
    const before = snapshot(FOLDER);
    const result = await callCli(['keygen', '--no-password', '-o', path('own')]);
    expect(result.code).toBe(1);
    expect(errorOf(result)).toBe(`Cannot make a key: there is a file "${path('own.key')}" already`);
    expect(snapshot(FOLDER)).toEqual(before);
  });

  it('wants a password, and says where to put it when nobody can be asked', async () => {
    const { code, stderr } = await callCli(['keygen', '-o', path('locked')]);
    expect(code).toBe(2);
    expect(stderr).toContain('Put it into WASM_PLUGIN_KEY_PASSWORD');
    const empty = await callCli(['keygen', '-o', path('locked')], { env: { WASM_PLUGIN_KEY_PASSWORD: '' } });
    expect({ code: empty.code, text: errorOf(empty) }).toEqual({
      code: 2,
      text: 'Cannot make a key: the password is empty',
    });
  });
});

describe('wasm-plugin sign and verify', () => {
  it('take each other, with the key as a file or as text', async () => {
    for (const key of [path('own.pub'), OWN.publicKey]) {
      expect(await cliJson(['verify', SIGNED, '--trusted-key', key])).toMatchObject({
        id: 'acme.eq',
        version: '1.0.0',
        keyId: OWN.id,
        comment: 'acme.eq 1.0.0',
      });
    }
    expect((await callCli(['verify', SIGNED, '-t', path('other.pub'), '-t', path('own.pub')])).code).toBe(0);
  });

  it('give the same bytes each time', async () => {
    copyFileSync(SIGNED, path('again.plugin.zip'));
    await cliJson(['sign', path('again.plugin.zip'), '--key', path('own.key')]);
    expect(readFileSync(path('again.plugin.zip'))).toEqual(readFileSync(SIGNED));
  });

  it('sign a folder where it lies, and see each later change', async () => {
    const folder = writePlugin(path('folder'), manifestOf('acme.folder', '1.0.0'));
    await cliJson(['sign', folder, '--key', path('own.key')]);
    expect((await callCli(['verify', folder, '-t', path('own.pub')])).code).toBe(0);
    writeFileSync(join(folder, 'plugin.json'), JSON.stringify(manifestOf('acme.folder', '1.0.1')));
    const result = await callCli(['verify', folder, '-t', path('own.pub')]);
    expect(result.code).toBe(1);
    expect(errorOf(result)).toContain('"plugin.json" is not the file that its SHA256SUMS names; get it anew');
  });

  it.each<[string, () => Promise<Uint8Array> | Uint8Array, string, string]>([
    ['no signature', () => readFileSync(UNSIGNED), 'WP_UNSIGNED', 'it has no SHA256SUMS.minisig'],
    [
      'another component',
      () => tamper(SIGNED, { 'plugin.wasm': 'x' }),
      'WP_TAMPERED',
      '"plugin.wasm" is not the file',
    ],
    [
      'another manifest',
      () => tamper(SIGNED, { 'plugin.json': JSON.stringify(manifestOf('acme.eq', '9.0.0')) }),
      'WP_TAMPERED',
      '"plugin.json" is not the file',
    ],
    [
      'a file that is gone',
      () => tamper(SIGNED, { LICENSE: undefined }),
      'WP_PACKAGE',
      'it has no file "LICENSE"',
    ],
    [
      'another list',
      async () => tamper(SIGNED, { SHA256SUMS: `${'0'.repeat(64)}  plugin.json\n` }),
      'WP_SIGNATURE',
      `its signature is not that of the key ${OWN.id}`,
    ],
    [
      'a torn signature',
      () => tamper(SIGNED, { 'SHA256SUMS.minisig': 'untrusted comment: x\nRW' }),
      'WP_SIGNATURE',
      'the four lines',
    ],
    [
      'another comment',
      async () =>
        tamper(SIGNED, {
          'SHA256SUMS.minisig': (await textIn(SIGNED, 'SHA256SUMS.minisig')).replace(
            'acme.eq 1.0.0',
            'acme.eq 2.0.0',
          ),
        }),
      'WP_SIGNATURE',
      'its signature is not that of the key',
    ],
    ['a torn file', () => readFileSync(SIGNED).subarray(0, 5000), 'WP_PACKAGE', 'it is no zip file'],
    [
      'one wrong byte',
      () => {
        const bytes = readFileSync(SIGNED);
        bytes[5000] = (bytes[5000] as number) ^ 1;
        return bytes;
      },
      'WP_PACKAGE',
      'is damaged',
    ],
  ])('refuse %s', async (name, make, code, message) => {
    const file = path(`${name.replaceAll(' ', '-')}.plugin.zip`);
    writeFileSync(file, await make());
    const { code: exitCode, stdout } = await callCli(['verify', file, '-t', path('own.pub'), '--json']);
    expect(exitCode).toBe(1);
    const { error } = JSON.parse(stdout) as { error: { code: string; message: string } };
    expect(error.code).toBe(code);
    expect(error.message).toContain(message);
  });

  it('refuse another key, and name both', async () => {
    const { code, stderr } = await callCli(['verify', SIGNED, '-t', path('other.pub')]);
    expect(code).toBe(1);
    expect(stderr).toContain(
      `it is signed with the key ${OWN.id}, which is not trusted; trusted: ${OTHER.id}`,
    );
  });

  it.each<[string, string[], number, string]>([
    ['no key at all', ['verify', SIGNED], 2, 'Cannot verify: neither --trusted-key nor --lock-file is given'],
    [
      'a key that is none',
      ['verify', SIGNED, '-t', path('own.key')],
      1,
      'wanted a file with a public key of minisign',
    ],
    ['no key file', ['verify', SIGNED, '-t', path('gone.pub')], 1, 'there is no such file'],
    [
      'a public key to sign with',
      ['sign', SIGNED, '--key', path('own.pub')],
      1,
      'it is not a secret key of minisign',
    ],
    ['no plugin', ['sign', path('gone.zip'), '--key', path('own.key')], 1, 'there is no such file'],
    ['no --key', ['sign', SIGNED], 2, "required option '-k, --key <file>' not specified"],
    ['no lock file', ['verify', SIGNED, '--lock-file', path('gone.json')], 1, 'Cannot read the lock file'],
  ])('say what is wrong: %s', async (_, args, code, message) => {
    const before = snapshot(FOLDER);
    const result = await callCli(args);
    expect({ code: result.code, stdout: result.stdout }).toEqual({ code, stdout: '' });
    expect(result.stderr).toContain(message);
    expect(result.stderr).not.toMatch(/\bat .*\.js:|bug in wasm-plugin/);
    expect(snapshot(FOLDER)).toEqual(before);
  });

  it('are asked for by "list" and "serve" too', async () => {
    for (const args of [
      ['list', path('src/acme.plain-1.0.0')],
      ['serve', UNSIGNED, '--stdio'],
    ]) {
      const { code, stdout, stderr } = await callCli([...args, '-t', path('own.pub')]);
      expect(code).toBe(1);
      expect(stdout + stderr).toContain('it has no SHA256SUMS');
    }
  });

  it('refuse a key that was changed', async () => {
    const [comment = '', line = ''] = readFileSync(path('own.key'), 'utf8').split('\n');
    const bytes = Buffer.from(line, 'base64');
    bytes[100] = (bytes[100] as number) ^ 1;
    writeFileSync(path('changed.key'), `${comment}\n${bytes.toString('base64')}\n`);
    expect(errorOf(await callCli(['sign', SIGNED, '--key', path('changed.key')]))).toContain('it is damaged');
  });
});

const MINISIGN = hasProgram('minisign');
if (!MINISIGN)
  console.log('skipped: minisign as the judge of our keys and signatures, as it is not installed');

describe.skipIf(!MINISIGN)('minisign (Debian)', () => {
  it('takes our signatures and our keys', async () => {
    mkdirSync(path('judged'));
    for (const name of ['SHA256SUMS', 'SHA256SUMS.minisig'])
      writeFileSync(path(`judged/${name}`), await textIn(SIGNED, name));
    const sums = path('judged/SHA256SUMS');
    const said = execFileSync('minisign', ['-Vm', sums, '-p', path('own.pub')], { encoding: 'utf8' });
    expect(said).toContain('Trusted comment: acme.eq 1.0.0');
    execFileSync('minisign', ['-Sm', path('own.pub'), '-s', path('own.key'), '-x', path('x.minisig')]);
    execFileSync('minisign', ['-Vm', path('own.pub'), '-p', path('own.pub'), '-x', path('x.minisig')]);
  });

  it('makes keys and signatures that we take, also of the old form', async () => {
    const plugin = writePlugin(path('theirs'), manifestOf('acme.theirs', '1.0.0'));
    execFileSync('minisign', ['-G', '-W', '-p', path('plain.pub'), '-s', path('plain.key')]);
    await cliJson(['sign', plugin, '--key', path('plain.key')]);
    expect((await callCli(['verify', plugin, '-t', path('plain.pub')])).code).toBe(0);
    for (const flags of [[], ['-l']]) {
      execFileSync('minisign', ['-Sm', join(plugin, 'SHA256SUMS'), '-s', path('plain.key'), ...flags]);
      expect((await callCli(['verify', plugin, '-t', path('plain.pub')])).code).toBe(0);
    }
  });
});

async function textIn(file: string, name: string): Promise<string> {
  const { openPlugin } = await import('@wasm-plugin/abi/package');
  return new TextDecoder().decode(await (await openPlugin(file)).read(name));
}
