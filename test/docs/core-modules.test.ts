import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';

const HERE = fileURLToPath(new URL('.', import.meta.url));
const TEXT = readFileSync(new URL('../../docs/core-modules.md', import.meta.url), 'utf8');

describe('docs/core-modules.md', () => {
  it('has an example that runs and prints what it says', () => {
    const [, code = ''] = /```js\n([\s\S]*?)```/.exec(TEXT) ?? [];
    const promised = [...code.matchAll(/console\.log\(.*\); \/\/ (.*)$/gm)].map((match) => match[1]);
    expect(promised).toHaveLength(2);
    const printed = execFileSync(process.execPath, ['--input-type=module'], {
      input: code,
      cwd: HERE,
      encoding: 'utf8',
    });
    expect(printed.trim().split('\n')).toEqual(promised);
  });
});
