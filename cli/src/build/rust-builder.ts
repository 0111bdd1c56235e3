import { existsSync, readFileSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { CliError } from '../cli-error.js';
import type { Builder } from './builder.js';
import { runTool } from './run-tool.js';

const PLAIN = 'wasm32-unknown-unknown';
/** Has WASI, which a sandbox refuses by default; its linker makes a component. */
const WASI = 'wasm32-wasip2';
const HINT =
  'https://rustup.rs installs it, and "rustup target add wasm32-unknown-unknown" what it needs more';
/** For compilers that come without a target, such as Debian's `rustc-web`: builds the library from source. */
const BUILD_STD = ['-Zbuild-std=std,panic_abort', '-Zbuild-std-features='];

/**
 * The linker's own default, as C has it; `rustc` asks for 1 MiB, which each instance would hold. It comes before the flags of
 * the plugin's own, so that `.cargo/config.toml`, `RUSTFLAGS` or `build.rs` may give another size.
 */
const STACK = ['-C', 'link-arg=-zstack-size=65536'];

/** Builds plugins in Rust: a folder with a `Cargo.toml` whose crate is a `cdylib`, with a stack of 64 KiB. */
export const rustBuilder: Builder = {
  name: 'Rust',
  sign: 'Cargo.toml',
  fits: ({ folder }) => existsSync(join(folder, 'Cargo.toml')),
  // Cargo alone knows the sources of a crate that is a part of something larger.
  isWhole: ({ folder }) =>
    !/^\s*path\s*=|\bpath\s*=\s*"|\bworkspace\b/m.test(readFileSync(join(folder, 'Cargo.toml'), 'utf8')),
  async build({ folder }, { signal }) {
    const sysroot = (
      await runTool('rustc', { args: ['--print', 'sysroot'], cwd: folder, hint: HINT })
    ).trim();
    const { target, buildsStd } = targetIn(join(sysroot, 'lib/rustlib'), wantedTarget(folder));
    await runTool('cargo', {
      args: [
        'rustc',
        '--lib',
        '--release',
        '--quiet',
        '--color',
        'never',
        '--target',
        target,
        ...(buildsStd ? BUILD_STD : []),
        '--',
        ...STACK,
      ],
      cwd: folder,
      signal,
      env: buildsStd ? { RUSTC_BOOTSTRAP: '1' } : {},
    });
    const bytes = await readFile(await moduleOf(folder, target));
    if (target === WASI) return new Uint8Array(bytes);
    const { componentNew } = await import('@wasm-plugin/as/wasm-tools');
    return new Uint8Array(await componentNew(bytes, []));
  },
};

/** The target that a crate names where cargo looks for it: `build.target` in its `.cargo/config.toml`. */
function wantedTarget(folder: string): string | undefined {
  const file = join(folder, '.cargo/config.toml');
  const text = existsSync(file) ? readFileSync(file, 'utf8') : '';
  const [, target] = /^\[build\]$[^[]*?^\s*target\s*=\s*["']([^"']+)["']/m.exec(text) ?? [];
  if (target === undefined || target === PLAIN || target === WASI) return target;
  throw new CliError(`Cannot build: the target in "${file}" is "${target}", wanted "${PLAIN}" or "${WASI}"`);
}

/** The target that a crate wants, or else one that the compiler has, or can build. */
function targetIn(rustlib: string, wanted: string | undefined): { target: string; buildsStd: boolean } {
  for (const target of wanted === undefined ? [PLAIN, WASI] : [wanted]) {
    if (existsSync(join(rustlib, target))) return { target, buildsStd: false };
  }
  if (wanted !== WASI && existsSync(join(rustlib, 'src'))) return { target: PLAIN, buildsStd: true };
  const missing = wanted ?? PLAIN;
  throw new CliError(`Cannot build: the Rust compiler has no target "${missing}"`, {
    hint: `"rustup target add ${missing}" installs it`,
  });
}

interface Metadata {
  target_directory: string;
  packages: { manifest_path: string; targets: { name: string; kind: string[] }[] }[];
}

/** Returns the path of the module that cargo makes of a crate. */
async function moduleOf(folder: string, target: string): Promise<string> {
  const args = ['metadata', '--no-deps', '--format-version', '1'];
  const metadata = JSON.parse(await runTool('cargo', { args, cwd: folder })) as Metadata;
  const own = metadata.packages.find(
    ({ manifest_path: path }) => resolve(path) === resolve(folder, 'Cargo.toml'),
  );
  const library = own?.targets.find(({ kind }) => kind.includes('cdylib'));
  if (library !== undefined) {
    const file = `${library.name.replaceAll('-', '_')}.wasm`;
    return join(metadata.target_directory, target, 'release', file);
  }
  throw new Error(`Cannot build "${folder}": its crate is no "cdylib" (crate-type in Cargo.toml)`);
}
