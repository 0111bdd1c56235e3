import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { SCRIPT_UNAVAILABLE } from './script-guest.js';
import { playground, start, type Playground } from './support.js';

const skipped = SCRIPT_UNAVAILABLE !== undefined;
let place: Playground;
let output: string;

beforeEach(() => {
  place = playground();
  output = '';
});
afterEach(() => place.remove());

const HOST = {
  env: { NAME: 'Ada', SECRET: 'hidden' },
  stdio: { stdin: 'typed', stdout: (bytes: Uint8Array) => (output += new TextDecoder().decode(bytes)) },
  random: (bytes: Uint8Array) => bytes.fill(7),
  clock: { monotonicNs: () => 5n, wallNs: () => 1_700_000_000_000_000_000n, wait: () => undefined },
};

/**
 * Attempts of the script, the capability that each needs, and the value that it finds. `ends`: the only refusal is the end of
 * the instance.
 */
const TRIALS: [words: string[], needs: string, value: string, refusal: 'ends' | string][] = [
  [['env', 'NAME'], 'env:NAME', 'Ada', 'ends'],
  [['date'], 'clock', '1700000000', 'ends'],
  [['elapsed'], 'clock', '0', 'ends'],
  [['random'], 'random', '0707070707070707', 'ends'],
  [['input'], 'stdio', 'typed', 'last-operation-failed'],
  [['print', 'hello'], 'stdio', 'done', 'last-operation-failed'],
];

describe(`a guest in JavaScript${skipped ? ` (skipped: ${SCRIPT_UNAVAILABLE})` : ''}`, () => {
  describe.skipIf(skipped)('made by componentize-qjs', { timeout: 60_000 }, () => {
    it('needs no capability to start and to compute', async () => {
      const { attempt } = await start('script', { grants: [] });
      expect(attempt('sort', 'b', 'a')).toEqual({ value: 'a b', state: 'ready', denials: [] });
      expect(attempt('fly').failure).toBe('nobody knows fly');
    });

    it.each(TRIALS)('tries %j with "%s", and finds it', async (words, needs, value) => {
      const { attempt } = await start('script', { ...HOST, grants: [needs] });
      expect(attempt(...words)).toEqual({ value, state: 'ready', denials: [] });
      expect(output).toBe(words[0] === 'print' ? 'hello' : '');
    });

    it.each(TRIALS)(
      'tries %j without "%s", and is refused by name',
      async (words, needs, _value, refusal) => {
        for (const lacking of ['manifest', 'host']) {
          const permissions = lacking === 'host' ? [needs] : [];
          const grants = lacking === 'host' ? [] : [needs];
          const { attempt } = await start('script', { ...HOST, permissions, grants });
          const { failure, code, state, denials } = attempt(...words);
          expect(denials).toEqual([`${lacking === 'host' ? needs : needs.replace('NAME', '*')} ${lacking}`]);
          if (refusal === 'ends') expect({ code, state }).toEqual({ code: 'WP_CAPABILITY', state: 'dead' });
          else expect({ failure, state }).toEqual({ failure: refusal, state: 'ready' });
          expect(output).toBe('');
        }
      },
    );

    it('reads and writes the files of a granted folder, and no others', async () => {
      const { attempt } = await start('script', { grants: [`fs:${place.open}`] });
      expect(attempt('read', join(place.open, 'a.txt')).value).toBe('hello');
      expect(attempt('write', join(place.open, 'new.txt'), 'made').value).toBe('done');
      expect(readFileSync(join(place.open, 'new.txt'), 'utf8')).toBe('made');
      for (const path of ['/etc/passwd', `${place.open}/../secret.txt`, `${place.open}/outer-link`]) {
        expect(attempt('read', path)).toMatchObject({
          failure: expect.stringMatching(/^(?:access|not-permitted)$/) as string,
          state: 'ready',
        });
      }
    });

    it('is refused every file where no folder is granted', async () => {
      const path = join(place.open, 'a.txt');
      const { attempt } = await start('script', { permissions: [`fs:${place.open}`], grants: [] });
      expect(attempt('read', path)).toMatchObject({ failure: 'access', denials: [`fs:${path}:ro host`] });
      expect(attempt('write', path, 'x')).toMatchObject({ failure: 'access', state: 'ready' });
      expect(readFileSync(path, 'utf8')).toBe('hello');
    });
  });
});
