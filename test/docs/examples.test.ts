import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';

const ROOT = new URL('../../', import.meta.url);

describe.each([
  ['docs/core-modules.md', 2],
  ['docs/realtime.md', 1],
])('%s', (file, lines) => {
  it('has an example that runs and prints what it says', () => {
    const text = readFileSync(new URL(file, ROOT), 'utf8');
    const [, code = ''] = /```js\n([\s\S]*?)```/.exec(text) ?? [];
    const promised = [...code.matchAll(/console\.log\(.*\); \/\/ (.*)$/gm)].map((match) => match[1]);
    expect(promised).toHaveLength(lines);
    const printed = execFileSync(process.execPath, ['--input-type=module'], {
      input: code,
      cwd: fileURLToPath(ROOT),
      encoding: 'utf8',
    });
    expect(printed.trim().split('\n')).toEqual(promised);
  });
});
