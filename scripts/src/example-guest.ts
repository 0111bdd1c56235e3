import { execFileSync } from 'node:child_process';
import { existsSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { homedir } from 'node:os';
import { dirname, join } from 'node:path';
import { parse } from '@bytecodealliance/jco-transpile/wasm-tools';
import { asToolchain } from './as-guest.js';
import { ROOT, type Guest } from './guests.js';
import { rustToolchain } from './rust-guest.js';

/**
 * Builds a plugin of `examples/plugins` by the command line, as a reader does. No path of this machine gets into it.
 * @returns the compiler, by name and version
 */
export function buildExample(guest: Guest): string {
  const folder = join(ROOT, dirname(guest.output));
  const isRust = existsSync(join(folder, 'Cargo.toml'));
  execFileSync(process.execPath, [join(ROOT, 'cli/bin/wasm-plugin.js'), 'build', folder, '--force'], {
    stdio: 'inherit',
    env: { ...process.env, ...(isRust && { CARGO_ENCODED_RUSTFLAGS: remapping(folder).join('\x1f') }) },
  });
  return isRust ? (rustToolchain() ?? 'rustc') : asToolchain();
}

/**
 * Builds a plugin that is written as WebAssembly text.
 * @returns what parsed it
 */
export async function buildWat(guest: Guest): Promise<string> {
  const source = join(ROOT, dirname(guest.output), 'plugin.wat');
  writeFileSync(join(ROOT, guest.output), await parse(readFileSync(source, 'utf8')));
  return 'wasm-tools of jco-transpile';
}

/** Flags that name folders of this machine otherwise. */
function remapping(folder: string): string[] {
  const sysroot = execFileSync('rustc', ['--print', 'sysroot'], { encoding: 'utf8' }).trim();
  const sources = join(process.env['CARGO_HOME'] ?? join(homedir(), '.cargo'), 'registry', 'src');
  const crates = existsSync(sources) ? readdirSync(sources).map((registry) => join(sources, registry)) : [];
  return [
    `--remap-path-prefix=${folder}=`,
    `--remap-path-prefix=${sysroot}=rust`,
    ...crates.map((registry) => `--remap-path-prefix=${registry}=crates`),
  ];
}
