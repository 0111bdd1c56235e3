import { spawnSync } from 'node:child_process';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { ERROR_CODES } from '@wasm-plugin/abi';
import { beforeAll, describe, expect, it } from 'vitest';

const ROOT = fileURLToPath(new URL('../../', import.meta.url));
const PAGES = join(ROOT, 'docs/dist/pages');

/** The site itself is built by `npm run docs`, in CI: its tools are heavy. Its sources need none of them. */
beforeAll(() => {
  const script = join(ROOT, 'scripts/dist/build-docs.js');
  const { status, stderr } = spawnSync(process.execPath, [script, '--pages'], { encoding: 'utf8' });
  expect({ status, stderr }).toEqual({ status: 0, stderr: '' });
}, 120_000);

const page = (path: string): string => readFileSync(join(PAGES, path), 'utf8');

describe('the pages of the documentation', () => {
  it('have one for each error code, with its cause and cure', () => {
    for (const [code, meaning] of Object.entries(ERROR_CODES)) {
      const text = page(`errors/${code}.md`);
      expect(text).toContain(`# ${code}\n\nMeaning: ${meaning}.`);
      for (const title of ['## Cause', '## Cure', '## What a host can do']) expect(text).toContain(title);
      expect(page('errors/index.md')).toContain(`(./${code}.md)`);
    }
  });

  it('have every command, every WIT interface, and the documents of the repository', () => {
    for (const name of ['install', 'pack', 'run'])
      expect(page(`commands/${name}.md`)).toContain(`Usage: wasm-plugin ${name}`);
    expect(page('commands/state.md')).toContain('## wasm-plugin state export');
    expect(page('wit/plugin.md')).toMatch(/## interface lifecycle[\s\S]*init: func/);
    expect(page('project/security.md')).toContain('# Security');
    expect(page('examples/index.md')).toContain('(./reverb.md)');
    expect(page('examples/hostile.md')).toContain('| endless-loop |');
  });

  it('have links that lead to pages alone', () => {
    const files = readdirSync(PAGES, { recursive: true, encoding: 'utf8' }).filter((name) =>
      name.endsWith('.md'),
    );
    const dead = files.flatMap((file) =>
      [...page(file).matchAll(/\]\(([^)\s#]+)(?:#[^)]*)?\)/g)].flatMap(([, target = '']) => {
        // The reference of the API is made by typedoc, with the site.
        if (/^[a-z]+:/.test(target) || target.endsWith('api/index.md')) return [];
        return existsSync(join(PAGES, dirname(file), target)) ? [] : [`${file}: ${target}`];
      }),
    );
    expect(dead).toEqual([]);
    expect(files.length).toBeGreaterThan(100);
  });
});
