import { copyFileSync, cpSync, existsSync, readdirSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { projectFolder } from '../../wast/index.js';
import type { Program } from './program.js';
import { cacheFolder, missingC, missingRust, runTool, sysroot, toolVersion } from './tools.js';

const FOLDER = fileURLToPath(new URL('test/guests/programs/', projectFolder()));
const WORDS = fileURLToPath(new URL('test/guests/wasi/words/words.c', projectFolder()));
const COMPONENTIZE_PY = 'componentize-py==0.25.1';

/** An empty module but for a global of 1 + 2, which today's Python and JavaScript guests have. */
const EXTENDED_CONST = new Uint8Array([
  0, 0x61, 0x73, 0x6d, 1, 0, 0, 0, 6, 9, 1, 0x7f, 0, 0x41, 1, 0x41, 2, 0x6a, 0x0b,
]);

function sourcesOf(folder: string): string {
  return readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .filter((name) => /\.(?:rs|toml|lock|py|c)$/.test(name) && !name.startsWith('target'))
    .sort()
    .map((name) => `${name}\n${readFileSync(join(folder, name), 'utf8')}`)
    .join('\n');
}

function rust(name: string, { needsC = false } = {}): Program {
  const folder = join(FOLDER, name);
  return {
    name,
    key: () => `${toolVersion('rustc') ?? ''} ${sourcesOf(folder)}`,
    missing: () => missingRust() ?? (needsC ? missingC() : undefined),
    build(file) {
      const target = join(cacheFolder(), 'target');
      const env = {
        CARGO_TARGET_DIR: target,
        CC_wasm32_wasip2: 'clang-19',
        AR_wasm32_wasip2: 'llvm-ar-19',
        CFLAGS_wasm32_wasip2: '--target=wasm32-wasip1 -isystem /usr/include/wasm32-wasi',
      };
      const args = ['build', '--quiet', '--release', '--locked', '--target', 'wasm32-wasip2'];
      runTool('cargo', args, { cwd: folder, env });
      copyFileSync(join(target, 'wasm32-wasip2', 'release', `${name}.wasm`), file);
    },
  };
}

/** C for Preview 1 by Debian's wasi-libc, with the adapter that Rust's linker for components brings. */
function c(name: string, source: string): Program {
  return {
    name,
    key: () =>
      `${toolVersion('clang-19') ?? ''} ${toolVersion('rustc') ?? ''} ${readFileSync(source, 'utf8')}`,
    missing: () => missingC() ?? missingRust(),
    build(file, folder) {
      const object = join(folder, 'main.o');
      runTool('clang-19', ['--target=wasm32-wasi', '-O2', '-c', '-o', object, source]);
      const builtins = runTool('clang-19', ['--target=wasm32-wasi', '-print-libgcc-file-name']).trim();
      const host = /host: (.*)/.exec(runTool('rustc', ['--version', '--verbose']))?.[1] ?? '';
      const linker = join(sysroot(), 'lib/rustlib', host, 'bin/wasm-component-ld');
      const library = '/usr/lib/wasm32-wasi';
      const lld = runTool('sh', ['-c', 'command -v wasm-ld-19']).trim();
      const inputs = [`-L${library}`, `${library}/crt1-command.o`, object, '-lc', builtins];
      runTool(linker, ['--wasm-ld-path', lld, ...inputs, '-o', file]);
    },
  };
}

const PYTHON: Program = {
  name: 'python',
  key: () => `${COMPONENTIZE_PY} ${sourcesOf(join(FOLDER, 'python'))}`,
  missing() {
    if (!WebAssembly.validate(EXTENDED_CONST))
      return `Node ${process.versions.node} has no extended-const, which componentize-py writes`;
    if (toolVersion('python3') === undefined) return 'there is no python3';
    return missingRust();
  },
  build(file, folder) {
    const tool = componentizePy();
    cpSync(join(FOLDER, 'python'), folder, { recursive: true });
    runTool(tool, ['-d', wasiTexts(), '-w', 'wasi:cli/command', 'componentize', 'app', '-o', file], {
      cwd: folder,
    });
  },
};

function componentizePy(): string {
  const folder = join(cacheFolder(), COMPONENTIZE_PY);
  const tool = join(folder, 'bin', 'componentize-py');
  if (!existsSync(tool)) {
    runTool('python3', ['-m', 'venv', folder]);
    runTool(join(folder, 'bin', 'pip'), ['install', '--quiet', COMPONENTIZE_PY]);
  }
  return tool;
}

/** The folder of WASI's interfaces as text, which a crate that `calls` depends on has. */
function wasiTexts(): string {
  const args = [
    'metadata',
    '--format-version',
    '1',
    '--locked',
    '--manifest-path',
    join(FOLDER, 'calls/Cargo.toml'),
  ];
  const { packages } = JSON.parse(runTool('cargo', args)) as {
    packages: { name: string; manifest_path: string }[];
  };
  const found = packages.find(({ name }) => name === 'wasip2');
  if (found === undefined) throw new Error('"calls" does not depend on the crate "wasip2"');
  return join(dirname(found.manifest_path), 'wit');
}

export const OWN_PROGRAMS: Program[] = [
  rust('rt', { needsC: true }),
  rust('calls'),
  c('words', WORDS),
  c('posix', join(FOLDER, 'posix/posix.c')),
  PYTHON,
];
