import { packedFiles, packFiles, memoryFiles, pathProblem } from '@wasm-plugin/abi/package';
import { describe, expect, it } from 'vitest';
import { Random } from '../../support/random.js';

const text = (bytes: Uint8Array): string => new TextDecoder().decode(bytes);
const refusal = (message: string): object =>
  expect.objectContaining({ code: 'WP_PACKAGE', message: expect.stringContaining(message) as string });

const FILES = {
  'plugin.json': '{}',
  'lib/é ☃.txt': 'grüße',
  'zeros.bin': new Uint8Array(100_000),
  empty: '',
};

async function packed(files: Record<string, Uint8Array | string> = FILES): Promise<Uint8Array> {
  return await packFiles(memoryFiles(files));
}

/** The offset of the central directory's entry of a file. */
function centralOf(zip: Uint8Array, path: string): number {
  const bytes = Buffer.from(zip);
  let at = bytes.indexOf('PK\u0001\u0002');
  while (bytes.toString('utf8', at + 46, at + 46 + bytes.readUInt16LE(at + 28)) !== path) {
    at = bytes.indexOf('PK\u0001\u0002', at + 1);
  }
  return at;
}

/** Packs the files, and writes over the directory's entry of "empty". */
async function change(write: (zip: Buffer, at: number) => void): Promise<Buffer> {
  const zip = Buffer.from(await packed());
  write(zip, centralOf(zip, 'empty'));
  return zip;
}

describe('packFiles()', () => {
  it('packs what packedFiles() reads', async () => {
    const files = packedFiles(await packed(), { source: 'x.plugin.zip' });
    expect(await files.list()).toEqual(['empty', 'lib/é ☃.txt', 'plugin.json', 'zeros.bin']);
    expect(text(await files.read('lib/é ☃.txt'))).toBe('grüße');
    expect(await files.read('zeros.bin')).toEqual(new Uint8Array(100_000));
    expect(await files.read('empty')).toEqual(new Uint8Array());
  });

  it('gives the same bytes for the same files', async () => {
    expect(await packed()).toEqual(await packed());
    expect((await packed()).length).toBeLessThan(1000);
  });
});

describe('packedFiles()', () => {
  it('takes the only folder of a zip for the plugin', async () => {
    const zip = await packed({
      'eq/plugin.json': '{}',
      'eq/lib/a.txt': 'a',
      '__MACOSX/eq/._plugin.json': 'x',
      '.DS_Store': 'x',
    });
    const files = packedFiles(zip);
    expect(await files.list()).toEqual(['lib/a.txt', 'plugin.json']);
    expect(text(await files.read('lib/a.txt'))).toBe('a');
  });

  it('refuses a zip of several plugins by name', async () => {
    const zip = await packed({ 'a/plugin.json': '{}', 'b/plugin.json': '{}' });
    expect(() => packedFiles(zip)).toThrow(refusal('it holds several plugins, "a", "b"'));
  });
});

describe('packedFiles() with bad input', () => {
  it('refuses what is no zip', () => {
    expect(() => packedFiles(new Uint8Array(100), { source: 'a.zip' })).toThrow(
      refusal('Cannot read the plugin "a.zip": it is no zip file'),
    );
    expect(() => packedFiles(new Uint8Array())).toThrow(refusal('it is no zip file'));
  });

  it('refuses a file that is not there', async () => {
    await expect(packedFiles(await packed()).read('nothing')).rejects.toThrow(
      refusal('it has no file "nothing"'),
    );
  });

  it.each(['../evil', '/etc/passwd', 'C:/x', 'a\\..\\b', 'a//b', './a', 'nul', 'aux.txt', 'a.', 'x:y'])(
    'refuses the path %j',
    async (path) => {
      const zip = Buffer.from(await packed({ ['x'.repeat(Buffer.byteLength(path))]: 'x' }));
      for (const at of [zip.indexOf('PK\u0001\u0002') + 46, 30]) zip.write(path, at);
      expect(() => packedFiles(zip)).toThrow(refusal(pathProblem(path) as string));
    },
  );

  it('refuses two files of one name, also but for case', async () => {
    const zip = Buffer.from(await packed({ ab: '1', cd: '2' }));
    zip.write('AB', centralOf(zip, 'cd') + 46);
    expect(() => packedFiles(zip)).toThrow(refusal('is there twice'));
  });

  it('refuses bombs before anything is unpacked', async () => {
    const zip = await packed({ bomb: new Uint8Array(10_000_000) });
    expect(() => packedFiles(zip)).toThrow(refusal('"bomb" unpacks to more than 1000 times its size'));
    expect(() => packedFiles(zip, { limits: { ratio: 1e6, totalBytes: 1e6 } })).toThrow(
      refusal('it unpacks to 10000000 bytes; at most 1000000'),
    );
    expect(() => packedFiles(zip, { limits: { files: 0 } })).toThrow(refusal('it has 1 files; at most 0'));
  });

  it('refuses a file that unpacks to more than it says', async () => {
    const zip = Buffer.from(await packed());
    zip.writeUInt32LE(500, centralOf(zip, 'zeros.bin') + 24);
    await expect(packedFiles(zip).read('zeros.bin')).rejects.toThrow(refusal('"zeros.bin" is damaged'));
  });

  it('refuses encryption, unknown methods and symbolic links', async () => {
    const encrypted = await change((zip, at) => zip.writeUInt16LE(1, at + 8));
    expect(() => packedFiles(encrypted)).toThrow(refusal('is encrypted'));
    const method = await change((zip, at) => zip.writeUInt16LE(93, at + 10));
    expect(() => packedFiles(method)).toThrow(refusal('is packed by method 93'));
    const link = await change((zip, at) => {
      zip.writeUInt8(3, at + 5);
      zip.writeUInt32LE((0o120777 << 16) >>> 0, at + 38);
    });
    expect(() => packedFiles(link)).toThrow(refusal('is a symbolic link'));
  });

  it('notices every changed byte of a file, and never fails otherwise', async () => {
    const zip = await packed();
    const random = new Random(7);
    for (let index = 0; index < 500; index++) {
      const broken = zip.slice(0, random.below(10) === 0 ? random.below(zip.length) : zip.length);
      const at = random.below(broken.length);
      broken[at] = random.below(256);
      try {
        const files = packedFiles(broken);
        for (const path of await files.list()) {
          const bytes = await files.read(path);
          const expected = (FILES as Record<string, string | Uint8Array>)[path] as string | undefined;
          if (expected !== undefined) expect(Buffer.compare(Buffer.from(expected), bytes)).toBe(0);
        }
      } catch (error) {
        expect(error).toMatchObject({ code: 'WP_PACKAGE' });
      }
    }
  });
});
