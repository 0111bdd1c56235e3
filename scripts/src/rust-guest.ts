import { execFileSync } from 'node:child_process';
import { existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { homedir } from 'node:os';
import { dirname, join } from 'node:path';
import { componentNew } from '@bytecodealliance/jco-transpile/wasm-tools';
import { ROOT, type Guest } from './guests.js';

const TARGET = 'wasm32-unknown-unknown';
const WORKSPACE = join(ROOT, 'plugins-rust');

/** Returns the version of the Rust compiler of `buildRustGuest`; `undefined` if there is none. */
export function rustToolchain(): string | undefined {
  try {
    const [version] = /^rustc [\d.]+/.exec(output('rustc', ['--version'])) ?? [];
    return version;
  } catch {
    return undefined;
  }
}

/**
 * Builds a crate of `plugins-rust` for `wasm32-unknown-unknown` and makes a component of it.
 * The bytes depend on the sources and the compiler only: no path of this machine gets into them.
 */
export async function buildRustGuest(guest: Guest): Promise<void> {
  const sysroot = output('rustc', ['--print', 'sysroot']).trim();
  const hasTarget = existsSync(join(sysroot, 'lib/rustlib', TARGET));
  const flags = [
    STACK,
    `--remap-path-prefix=${WORKSPACE}=`,
    `--remap-path-prefix=${sysroot}=rust`,
    ...crateFolders().map((folder) => `--remap-path-prefix=${folder}=crates`),
  ];
  const crate = guest.variant?.crate ?? guest.name;
  const features = guest.variant === undefined ? [] : ['--features', guest.variant.feature];
  execFileSync(
    'cargo',
    [
      'build',
      '--release',
      '--locked',
      '--target',
      TARGET,
      '-p',
      crate,
      ...features,
      ...(hasTarget ? [] : BUILD_STD),
    ],
    {
      cwd: WORKSPACE,
      stdio: 'inherit',
      env: {
        ...process.env,
        ...(hasTarget ? {} : { RUSTC_BOOTSTRAP: '1' }),
        CARGO_ENCODED_RUSTFLAGS: flags.join('\x1f'),
      },
    },
  );
  const module = readFileSync(
    join(WORKSPACE, 'target', TARGET, 'release', `${crate.replaceAll('-', '_')}.wasm`),
  );
  const file = join(ROOT, guest.output);
  mkdirSync(dirname(file), { recursive: true });
  writeFileSync(file, await componentNew(module, []));
}

/**
 * The linker's own default, as C has it; `rustc` asks for 1 MiB. Each instance has a stack of its own, and what its memory
 * weighs is what V8 collects garbage for.
 */
const STACK = '-Clink-arg=-zstack-size=65536';

/** For compilers that come without the target, such as Debian's `rustc-web`: builds the library from source. */
const BUILD_STD = ['-Zbuild-std=std,panic_abort', '-Zbuild-std-features='];

/** The folders with the sources of other crates, one for each registry. */
function crateFolders(): string[] {
  const sources = join(process.env['CARGO_HOME'] ?? join(homedir(), '.cargo'), 'registry', 'src');
  return existsSync(sources) ? readdirSync(sources).map((registry) => join(sources, registry)) : [];
}

function output(command: string, args: string[]): string {
  return execFileSync(command, args, {
    encoding: 'utf8',
    cwd: WORKSPACE,
    stdio: ['ignore', 'pipe', 'ignore'],
  });
}
