import { existsSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import type { Builder } from './builders.js';
import { runTool } from './run-tool.js';

const TARGET = 'wasm32-unknown-unknown';
/** For compilers that come without the target, such as Debian's `rustc-web`: builds the library from source. */
const BUILD_STD = ['-Zbuild-std=std,panic_abort', '-Zbuild-std-features='];

/**
 * The linker's own default, as C has it; `rustc` asks for 1 MiB, which each instance would hold. It comes before the flags of
 * the plugin's own, so that `.cargo/config.toml`, `RUSTFLAGS` or `build.rs` may give another size.
 */
const STACK = ['-C', 'link-arg=-zstack-size=65536'];

/** Builds plugins in Rust: a folder with a `Cargo.toml` whose crate is a `cdylib`, with a stack of 64 KiB. */
export const rustBuilder: Builder = {
  name: 'Rust',
  fits: ({ folder }) => existsSync(join(folder, 'Cargo.toml')),
  async build({ folder }, { signal }) {
    const sysroot = (await runTool('rustc', { args: ['--print', 'sysroot'], cwd: folder })).trim();
    const hasTarget = existsSync(join(sysroot, 'lib/rustlib', TARGET));
    await runTool('cargo', {
      args: [
        'rustc',
        '--lib',
        '--release',
        '--quiet',
        '--color',
        'never',
        '--target',
        TARGET,
        ...(hasTarget ? [] : BUILD_STD),
        '--',
        ...STACK,
      ],
      cwd: folder,
      signal,
      env: hasTarget ? {} : { RUSTC_BOOTSTRAP: '1' },
    });
    const { componentNew } = await import('@bytecodealliance/jco-transpile/wasm-tools');
    return new Uint8Array(await componentNew(await readFile(await moduleOf(folder)), []));
  },
};

interface Metadata {
  target_directory: string;
  packages: { manifest_path: string; targets: { name: string; kind: string[] }[] }[];
}

/** Where cargo puts the module of a crate. */
async function moduleOf(folder: string): Promise<string> {
  const args = ['metadata', '--no-deps', '--format-version', '1'];
  const metadata = JSON.parse(await runTool('cargo', { args, cwd: folder })) as Metadata;
  const own = metadata.packages.find(
    ({ manifest_path: path }) => resolve(path) === resolve(folder, 'Cargo.toml'),
  );
  const library = own?.targets.find(({ kind }) => kind.includes('cdylib'));
  if (library !== undefined) {
    const file = `${library.name.replaceAll('-', '_')}.wasm`;
    return join(metadata.target_directory, TARGET, 'release', file);
  }
  throw new Error(`Cannot build "${folder}": its crate is no "cdylib" (crate-type in Cargo.toml)`);
}
