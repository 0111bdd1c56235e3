import { scryptSync } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { makeKeyFiles, readSecretKey } from '../../../cli/src/keys/secret-key.js';

const { id, secret } = await makeKeyFiles('');

/** Locks the key with a password at little cost: minisign says in a key how much it takes, and takes a gibibyte. */
function locked(password: string): string {
  const [comment = '', line = ''] = secret.split('\n');
  const bytes = Buffer.from(line, 'base64');
  bytes.write('Sc', 2);
  const salt = bytes.subarray(6, 38).fill(7);
  bytes.writeBigUInt64LE(32_768n, 38);
  bytes.writeBigUInt64LE(16_777_216n, 46);
  const stream = scryptSync(password, salt, 104, { N: 2 ** 10, r: 8, p: 1 });
  for (const [at, byte] of stream.entries()) bytes[54 + at] = (bytes[54 + at] as number) ^ byte;
  return `${comment}\n${bytes.toString('base64')}\n`;
}

const read = async (text: string, password: string): Promise<string> =>
  (await readSecretKey(text, { source: 'a.key', password: async () => password })).id;

describe('readSecretKey()', () => {
  it('reads a key without a password, and asks for none', async () => {
    const asked = readSecretKey(secret, {
      source: 'a.key',
      password: () => Promise.reject(new Error('asked')),
    });
    expect((await asked).id).toBe(id);
  });

  it('reads a locked key with its password, and no other', async () => {
    expect(await read(locked('right'), 'right')).toBe(id);
    await expect(read(locked('right'), 'wrong')).rejects.toThrow('the password is wrong, or it is damaged');
  });

  it.each([
    ['a text that is none', 'untrusted comment: x\nRW', 'it is not a secret key of minisign'],
    [
      'a key that is locked otherwise',
      secret.replace(/\nRWQAA/, '\nRWRBB'),
      'it is locked in a way that is not known',
    ],
  ])('refuses %s', async (_, text, message) => {
    await expect(read(text, '')).rejects.toThrow(message);
  });
});
