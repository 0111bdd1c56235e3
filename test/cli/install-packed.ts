import { execFileSync } from 'node:child_process';
import { mkdirSync, readdirSync, readFileSync, symlinkSync } from 'node:fs';
import { join } from 'node:path';
import { plainEnvironment, repoFile } from './run-cli.js';

/** Puts our packages into a folder as npm would unpack them, and beside them those of others, without a network. */
export function installPacked(home: string): void {
  const modules = join(home, 'node_modules');
  mkdirSync(join(modules, '.bin'), { recursive: true });
  for (const place of ['abi', 'engine', 'native-bridge', 'plugins-as/sdk', 'plugins-rust/sdk', 'cli']) {
    const archive = runNpm(
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

/** Runs npm in a folder, as a user does. Returns its output. */
export function runNpm(args: readonly string[], cwd: string, env: NodeJS.ProcessEnv = {}): string {
  return execFileSync('npm', args, { cwd, encoding: 'utf8', env: { ...plainEnvironment(), ...env } });
}
