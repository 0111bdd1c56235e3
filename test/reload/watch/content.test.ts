import { mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { readContent } from '#internals';
import { afterAll, describe, expect, it } from 'vitest';

const FOLDER = mkdtempSync(join(tmpdir(), 'wasm-plugin-content-'));
afterAll(() => rmSync(FOLDER, { recursive: true, force: true }));

const DESCRIPTORS = '/proc/self/fd';
const isLinux = process.platform === 'linux';
if (!isLinux) console.log('skipped: open files that readContent() leaves, as only Linux lists them');

describe('readContent()', () => {
  it.skipIf(!isLinux)('leaves no file open', async () => {
    for (let file = 0; file < 30; file++) writeFileSync(join(FOLDER, `${file}`), 'text');
    const before = readdirSync(DESCRIPTORS).length;
    expect((await readContent(FOLDER))?.size).toBe(30);
    expect(readdirSync(DESCRIPTORS).length).toBeLessThan(before + 20);
  });
});
