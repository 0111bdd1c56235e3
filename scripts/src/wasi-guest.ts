import { execFileSync } from 'node:child_process';
import {
  copyFileSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { homedir, tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { componentNew } from '@bytecodealliance/jco-transpile/wasm-tools';
import { ROOT, type Guest } from './guests.js';

const TARGET = 'wasm32-wasip2';
const FOLDER = join(ROOT, 'test/guests/wasi');
/** Brings the adapter from Preview 1 to Preview 2. Far too large to be a dependency for one file. */
const JCO = '@bytecodealliance/jco@1.35.0';
const ADAPTER = 'package/lib/wasi_snapshot_preview1.command.wasm';

/**
 * Builds a guest of the sandbox's tests: Rust for `wasm32-wasip2` (`rustup target add wasm32-wasip2`), or C for Preview 1
 * (Debian: `clang-19 lld-19 libclang-rt-19-dev-wasm32 wasi-libc`) with the adapter to Preview 2.
 * @returns the compiler, by name and version
 */
export async function buildWasiGuest(guest: Guest): Promise<string> {
  const file = join(ROOT, guest.output);
  mkdirSync(dirname(file), { recursive: true });
  return guest.language === 'wasi-c' ? await buildC(guest.name, file) : buildRust(guest.name, file);
}

function buildRust(name: string, file: string): string {
  const sysroot = output('rustc', ['--print', 'sysroot']).trim();
  const sources = join(process.env['CARGO_HOME'] ?? join(homedir(), '.cargo'), 'registry', 'src');
  const flags = [
    `--remap-path-prefix=${FOLDER}=`,
    `--remap-path-prefix=${sysroot}=rust`,
    ...readdirSync(sources).map((registry) => `--remap-path-prefix=${join(sources, registry)}=crates`),
  ];
  execFileSync('cargo', ['build', '--release', '--locked', '--target', TARGET, '-p', name], {
    cwd: FOLDER,
    stdio: 'inherit',
    env: { ...process.env, CARGO_ENCODED_RUSTFLAGS: flags.join('\x1f') },
  });
  copyFileSync(join(FOLDER, 'target', TARGET, 'release', `${name}.wasm`), file);
  return /^rustc [\d.]+/.exec(output('rustc', ['--version']))?.[0] ?? 'rustc';
}

async function buildC(name: string, file: string): Promise<string> {
  const folder = mkdtempSync(join(tmpdir(), 'wasi-guest-'));
  try {
    const module = join(folder, 'module.wasm');
    const source = join(FOLDER, name, `${name}.c`);
    execFileSync('clang-19', ['--target=wasm32-wasi', '-Oz', '-s', '-o', module, source], {
      stdio: 'inherit',
    });
    const packed = output('npm', ['pack', '--silent', '--pack-destination', folder, JCO]).trim();
    execFileSync('tar', ['xzf', join(folder, packed), '-C', folder, ADAPTER]);
    const adapter = readFileSync(join(folder, ADAPTER));
    writeFileSync(file, await componentNew(readFileSync(module), [['wasi_snapshot_preview1', adapter]]));
  } finally {
    rmSync(folder, { recursive: true });
  }
  return /clang version [\d.]+/.exec(output('clang-19', ['--version']))?.[0] ?? 'clang';
}

function output(command: string, args: string[]): string {
  return execFileSync(command, args, { encoding: 'utf8', cwd: FOLDER, stdio: ['ignore', 'pipe', 'ignore'] });
}
