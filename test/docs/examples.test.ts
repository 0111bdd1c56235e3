import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';

const ROOT = new URL('../../', import.meta.url);

/** By page: how many lines each of its examples prints. */
const PAGES: Record<string, readonly number[]> = {
  'docs/core-modules.md': [2, 2, 1],
  'docs/realtime.md': [1],
};

describe.each(Object.entries(PAGES))('%s', (file, lines) => {
  const text = readFileSync(new URL(file, ROOT), 'utf8');
  const examples = [...text.matchAll(/```js\n([\s\S]*?)```/g)].map(([, code = '']) => code);

  it('has as many examples as are run here', () => {
    expect(examples).toHaveLength(lines.length);
  });

  it.each([...examples.entries()])('has an example %i that runs and prints what it says', (index, code) => {
    const promised = [...code.matchAll(/console\.log\(.*\); \/\/ (.*)$/gm)].map((match) => match[1]);
    expect(promised).toHaveLength(lines[index] ?? 0);
    const printed = execFileSync(process.execPath, ['--input-type=module'], {
      input: code,
      cwd: fileURLToPath(ROOT),
      encoding: 'utf8',
    });
    expect(printed.trim().split('\n')).toEqual(promised);
  });
});
