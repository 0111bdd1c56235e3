import { execFileSync } from 'node:child_process';
import { mkdirSync, readdirSync, readFileSync, symlinkSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { plainEnvironment, repoFile, temporaryFolder } from './run-cli.js';

const folder = temporaryFolder();

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
});
