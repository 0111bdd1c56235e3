import { createHash, generateKeyPairSync, sign, type KeyObject } from 'node:crypto';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { memoryFiles, packedFiles, packFiles, type PluginFiles } from '@wasm-plugin/abi/package';
import { checksumsText, lockText, sha256Of } from '@wasm-plugin/abi/trust';
import { createPluginHost, readPackage } from '@wasm-plugin/engine/host';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { counterFiles } from './counter-host.js';

let folder = '';
beforeAll(async () => void (folder = await mkdtemp(join(tmpdir(), 'wasm-plugin-trusted-'))));
afterAll(() => rm(folder, { recursive: true }));

interface Signer {
  publicKey: string;
  sign(list: string): string;
}

/** A signer by the format of minisign, written here anew. */
function signer(number: number, prehashed = true): Signer {
  const { privateKey, publicKey } = generateKeyPairSync('ed25519');
  const id = Buffer.alloc(8, number);
  const raw = Buffer.from(publicKey.export({ format: 'jwk' }).x ?? '', 'base64url');
  const signed = (key: KeyObject, bytes: Buffer): Buffer => sign(null, bytes, key);
  return {
    publicKey: Buffer.concat([Buffer.from('Ed'), id, raw]).toString('base64'),
    sign: (list) => {
      const content = prehashed ? createHash('blake2b512').update(list).digest() : Buffer.from(list);
      const first = signed(privateKey, content);
      const both = signed(privateKey, Buffer.concat([first, Buffer.from('c')]));
      const line = Buffer.concat([Buffer.from(prehashed ? 'ED' : 'Ed'), id, first]).toString('base64');
      return `untrusted comment: x\n${line}\ntrusted comment: c\n${both.toString('base64')}\n`;
    },
  };
}

const OWN = signer(1);
const OLD = signer(2, false);
const STRANGER = signer(3);

/** The content of a plugin with its list and signature. */
async function signedContent(files: PluginFiles, by: Signer): Promise<Record<string, Uint8Array | string>> {
  const content: Record<string, Uint8Array | string> = {};
  const sums = new Map<string, string>();
  for (const path of await files.list()) {
    const bytes = await files.read(path);
    content[path] = bytes;
    sums.set(path, sha256Of(bytes));
  }
  const list = checksumsText(sums);
  return { ...content, SHA256SUMS: list, 'SHA256SUMS.minisig': by.sign(list) };
}

async function signed(number: number, by = OWN): Promise<PluginFiles> {
  return memoryFiles(await signedContent(counterFiles(number), by), `counter-${number}`);
}

describe('createPluginHost({ trustedKeys })', () => {
  it('runs what a trusted key signed, in memory and packed, and reloads it', async () => {
    const host = createPluginHost({ trustedKeys: [OLD.publicKey, OWN.publicKey] });
    await host.add(await signed(1, OLD));
    await host.add(packedFiles(await packFiles(await signed(2))));
    const plugin = await host.load('counter', { version: '1.0.0' });
    expect(plugin.version).toBe('1.0.0');
    await host.reload('counter', '2.0.0');
    expect(plugin.version).toBe('2.0.0');
    await host.close();
  });

  it('refuses at add what is unsigned, of a stranger, or whose manifest was changed', async () => {
    const host = createPluginHost({ trustedKeys: [OWN.publicKey] });
    await expect(host.add(counterFiles(1))).rejects.toMatchObject({ code: 'WP_UNSIGNED' });
    await expect(host.add(await signed(1, STRANGER))).rejects.toMatchObject({ code: 'WP_SIGNATURE' });
    const content = await signedContent(counterFiles(1), OWN);
    const other = {
      ...content,
      'plugin.json': String(new TextDecoder().decode(content['plugin.json'] as Uint8Array)).replace(
        '1.0.0',
        '7.0.0',
      ),
    };
    await expect(host.add(memoryFiles(other))).rejects.toMatchObject({ code: 'WP_TAMPERED' });
    expect(host.list()).toEqual([]);
    await host.close();
  });

  it('refuses a component that changes between add and load, whatever else is as it was', async () => {
    const content = await signedContent(counterFiles(1), OWN);
    const host = createPluginHost({ trustedKeys: [OWN.publicKey] });
    await host.add(memoryFiles(content));
    content['plugin.wasm'] = (await counterFiles(2).read('plugin.wasm')) as Uint8Array;
    await expect(host.load('counter')).rejects.toMatchObject({ code: 'WP_TAMPERED' });
    await host.close();
  });

  it('refuses a whole plugin that is put in the place of another, though it is signed', async () => {
    const content = await signedContent(counterFiles(2), OWN);
    const host = createPluginHost({ trustedKeys: [OWN.publicKey] });
    await host.add(memoryFiles(content));
    Object.assign(content, await signedContent(counterFiles(1), OWN));
    await expect(host.load('counter')).rejects.toMatchObject({ code: 'WP_TAMPERED' });
    await host.close();
  });

  it('refuses a reload to a package that the caller read without looking, and the old version goes on', async () => {
    const host = createPluginHost({ trustedKeys: [OWN.publicKey] });
    await host.add(await signed(1));
    const plugin = await host.load('counter');
    await expect(host.reload('counter', await readPackage(counterFiles(2)))).rejects.toThrow(
      /it has no SHA256SUMS; sign it/,
    );
    expect({ state: plugin.state, version: plugin.version }).toEqual({ state: 'ready', version: '1.0.0' });
    await host.close();
  });

  it('tries no other entry of a plugin that is not trusted', async () => {
    const files = counterFiles(1, { fallbacks: [{ carrier: 'wasm', entry: 'other.wasm' }] });
    const wasm = await files.read('plugin.wasm');
    const content = await signedContent(
      memoryFiles({
        'plugin.json': await files.read('plugin.json'),
        'plugin.wasm': wasm,
        'other.wasm': wasm,
      }),
      OWN,
    );
    const host = createPluginHost({ trustedKeys: [OWN.publicKey] });
    await host.add(memoryFiles(content));
    content['plugin.wasm'] = 'x';
    await expect(host.load('counter')).rejects.toMatchObject({ code: 'WP_TAMPERED' });
    await host.close();
  });

  it('refuses keys that are none, an empty list, and two ways to verify', () => {
    expect(() => createPluginHost({ trustedKeys: ['x'] })).toThrow(
      /Cannot read the key "x": wanted a public key/,
    );
    expect(() => createPluginHost({ trustedKeys: [] })).toThrow(/"trustedKeys" is empty/);
    expect(() => createPluginHost({ trustedKeys: [OWN.publicKey], verify: (files) => files })).toThrow(
      TypeError,
    );
  });
});

describe('createPluginHost({ lockFile })', () => {
  /** Writes a lock file with one version of the counter. */
  async function lock(files: PluginFiles, version: string): Promise<string> {
    const lockFile = join(folder, `${version}.json`);
    const sha256 = sha256Of(await files.read('SHA256SUMS'));
    const entry = { version, sha256, registry: 'r', file: 'counter.plugin.zip', dependencies: {} };
    await writeFile(lockFile, lockText(new Map([['counter', entry]])));
    return lockFile;
  }

  it('runs what it names, and refuses older and newer versions and other bytes', async () => {
    const lockFile = await lock(await signed(2), '2.0.0');
    const host = createPluginHost({ lockFile });
    await expect(host.add(await signed(1))).rejects.toMatchObject({
      code: 'WP_DOWNGRADE',
      message: 'Cannot trust "counter-1": it is "counter" 1.0.0; the lock file has 2.0.0',
    });
    await expect(host.add(await signed(3))).rejects.toMatchObject({ code: 'WP_LOCK' });
    const other = memoryFiles(await signedContent(counterFiles(2, { name: 'other' }), OWN));
    await expect(host.add(other)).rejects.toMatchObject({ code: 'WP_TAMPERED' });
    await host.add(await signed(2));
    expect((await host.load('counter')).version).toBe('2.0.0');
    await host.close();
  });

  it('refuses everything where there is no lock file, or none that can be read', async () => {
    const host = createPluginHost({ lockFile: join(folder, 'gone.json') });
    await expect(host.add(await signed(1))).rejects.toMatchObject({ code: 'WP_LOCK' });
    await host.close();
    for (const text of ['{', '[]', '{"format":2,"plugins":{}}', '{"format":1,"plugins":{"counter":{}}}']) {
      const lockFile = join(folder, 'wrong.json');
      await writeFile(lockFile, text);
      const wrong = createPluginHost({ lockFile });
      await expect(wrong.add(await signed(1))).rejects.toMatchObject({ code: 'WP_LOCK' });
      await wrong.close();
    }
  });
});
