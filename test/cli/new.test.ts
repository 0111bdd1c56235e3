import { mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { callCli, temporaryFolder } from './run-cli.js';

const folder = temporaryFolder();

function make(name: string, ...args: string[]) {
  return callCli(['new', name, ...args], { cwd: folder });
}

const TEMPLATES = [
  ...['assemblyscript', 'rust', 'c', 'javascript', 'typescript', 'python'].map((each) => [each, 'own']),
  ...['assemblyscript', 'rust', 'c', 'javascript', 'typescript', 'python'].map((each) => [each, 'plugin']),
  ...['assemblyscript', 'rust', 'c'].map((each) => [each, 'audio-effect']),
] as [language: string, world: string][];

describe('wasm-plugin new', () => {
  it.each(TEMPLATES)('makes a plugin in %s of the world %s that "list" knows', async (language, world) => {
    const name = `a-${language}-${world}`;
    const { code, stdout } = await make(name, '--language', language, '--world', world);
    expect(code).toBe(0);
    expect(stdout).toContain(`✓ com.example.${name} in ${name}\n\nNext:\n  cd ${name}\n  npm install\n`);
    const path = join(folder, name);
    expect(readdirSync(path)).toEqual(
      expect.arrayContaining(['.gitignore', 'README.md', 'package.json', 'plugin.json', 'test', 'wit']),
    );
    const files = readdirSync(path, { recursive: true, withFileTypes: true }).filter((each) => each.isFile());
    for (const { parentPath, name: file } of files) {
      const text = readFileSync(join(parentPath, file), 'utf8');
      expect(text, file).not.toMatch(/\{\{\w+\}\}/);
    }
    const listed = await callCli(['list', path, '--json']);
    expect(JSON.parse(listed.stdout)).toMatchObject({
      plugins: [{ id: `com.example.${name}`, problems: ['it has no file "plugin.wasm"'] }],
      problems: [],
    });
    const encoded = await callCli(['wit', 'build', join(path, 'wit'), '-o', join(folder, 'w.wasm')]);
    expect(encoded).toMatchObject({ code: 0 });
  });

  it('says what is missing where nobody can be asked', async () => {
    const { code, stderr } = await make('later');
    expect(code).toBe(2);
    expect(stderr).toContain('Cannot make a plugin: --language is not said');
  });

  it('refuses a name that is none, and a folder that holds files', async () => {
    expect((await make('No_Name', '-l', 'rust')).stderr).toContain(
      'Cannot make a plugin called "No_Name": wanted words of small letters',
    );
    mkdirSync(join(folder, 'full'));
    writeFileSync(join(folder, 'full/a.txt'), '');
    const { code, stderr } = await make('full', '-l', 'rust');
    expect(code).toBe(1);
    expect(stderr).toContain('Cannot make a plugin in "full": it holds files already');
    expect((await make('other', '-l', 'cobol')).code).toBe(2);
    const effect = await make('effect', '-l', 'python', '-w', 'audio-effect');
    expect(effect.code).toBe(2);
    expect(effect.stderr).toContain(
      'Cannot make a plugin in Python of the world "audio-effect": there is no template',
    );
    expect(effect.stderr).toContain('There is --world own, --world plugin');
  });

  it('prints one JSON object with --json', async () => {
    const { stdout } = await make('data', '-l', 'assemblyscript', '--id', 'org.acme.data', '--json');
    expect(JSON.parse(stdout)).toMatchObject({
      id: 'org.acme.data',
      files: expect.arrayContaining(['plugin.json', 'wit/world.wit']) as unknown,
    });
  });
});
