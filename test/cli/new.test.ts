import { execFileSync } from 'node:child_process';
import { mkdirSync, readdirSync, readFileSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { plainEnvironment, repoFile, runCli, temporaryFolder } from './run-cli.js';

const folder = temporaryFolder();

function make(name: string, ...args: string[]) {
  return runCli(['new', name, ...args], { cwd: folder });
}

/** Puts our packages into a folder as npm would unpack them, and beside them those of others, without a network. */
function installPacked(home: string, npm: (args: readonly string[], cwd: string) => string): void {
  const modules = join(home, 'node_modules');
  mkdirSync(join(modules, '.bin'), { recursive: true });
  for (const place of ['abi', 'engine', 'plugins-as/sdk', 'cli']) {
    const archive = npm(
      ['pack', '--silent', '--ignore-scripts', '--pack-destination', home],
      repoFile(place),
    ).trim();
    const { name } = JSON.parse(readFileSync(repoFile(`${place}/package.json`), 'utf8')) as { name: string };
    mkdirSync(join(modules, name), { recursive: true });
    execFileSync('tar', ['-xzf', join(home, archive), '-C', join(modules, name), '--strip-components', '1']);
  }
  symlinkSync('../wasm-plugin/bin/wasm-plugin.js', join(modules, '.bin/wasm-plugin'));
  for (const name of readdirSync(repoFile('node_modules'))) {
    if (name.startsWith('.') || name === '@wasm-plugin' || name === 'wasm-plugin') continue;
    symlinkSync(repoFile(`node_modules/${name}`), join(modules, name));
  }
}

describe('wasm-plugin new', () => {
  it.each(
    ['assemblyscript', 'rust', 'javascript'].flatMap((language) => [
      [language, 'own'] as const,
      [language, 'plugin'] as const,
    ]),
  )('makes a plugin in %s of the world %s that "list" knows', (language, world) => {
    const name = `a-${language}-${world}`;
    const { code, stdout } = make(name, '--language', language, '--world', world);
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
    const listed = runCli(['list', path, '--json']);
    expect(JSON.parse(listed.stdout)).toMatchObject({
      plugins: [{ id: `com.example.${name}`, problems: ['it has no file "plugin.wasm"'] }],
      problems: [],
    });
    const encoded = runCli(['wit', 'build', join(path, 'wit'), '-o', join(folder, 'w.wasm')]);
    expect(encoded).toMatchObject({ code: 0 });
  });

  it(
    'makes what builds, and has a test that passes, from packed packages alone',
    { timeout: 300_000 },
    () => {
      const home = join(folder, 'home');
      const npm = (args: readonly string[], cwd: string): string =>
        execFileSync('npm', args, { cwd, encoding: 'utf8', env: plainEnvironment() });
      installPacked(home, npm);
      for (const world of ['own', 'plugin']) {
        const bin = join(home, 'node_modules/wasm-plugin/bin/wasm-plugin.js');
        const words = ['new', `my-${world}`, '--language', 'assemblyscript', '--world', world];
        execFileSync(process.execPath, [bin, ...words], { cwd: home });
        const said = npm(['test'], join(home, `my-${world}`));
        expect(said).toMatch(/✓ plugin\.wasm: com\.example\.my-/);
        expect(said).toMatch(/Tests +1 passed/);
      }
    },
  );

  it('says what is missing where nobody can be asked', () => {
    const { code, stderr } = make('later');
    expect(code).toBe(2);
    expect(stderr).toContain('Cannot make a plugin: --language is not said');
  });

  it('refuses a name that is none, and a folder that holds files', () => {
    expect(make('No_Name', '-l', 'rust').stderr).toContain(
      'Cannot make a plugin called "No_Name": wanted words of small letters',
    );
    mkdirSync(join(folder, 'full'));
    writeFileSync(join(folder, 'full/a.txt'), '');
    const { code, stderr } = make('full', '-l', 'rust');
    expect(code).toBe(1);
    expect(stderr).toContain('Cannot make a plugin in "full": it holds files already');
    expect(make('other', '-l', 'cobol').code).toBe(2);
  });

  it('prints one JSON object with --json', () => {
    const { stdout } = make('data', '-l', 'assemblyscript', '--id', 'org.acme.data', '--json');
    expect(JSON.parse(stdout)).toMatchObject({
      id: 'org.acme.data',
      files: expect.arrayContaining(['plugin.json', 'wit/world.wit']) as unknown,
    });
  });
});
