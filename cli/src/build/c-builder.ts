import { existsSync } from 'node:fs';
import { mkdtemp, readdir, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { CliError } from '../cli-error.js';
import type { Builder } from './builder.js';
import { runTool } from './run-tool.js';
import { witOf } from './wit-of.js';

const ENTRY = 'src/plugin.c';

/** The part of the C library that a plugin gets: memory and copying. */
const LIBRARY = fileURLToPath(new URL('../../c/', import.meta.url));

/** Names of the compiler: that of the environment first. */
const COMPILERS = ['clang', ...[22, 21, 20, 19, 18, 17].map((version) => `clang-${version}`)];

/** The stack is below the data, so that an overflow traps. */
const LINKING = ['--no-entry', '--stack-first', '-z', 'stack-size=16384', '--strip-debug', '--gc-sections'];

const COMPILER_HINT =
  'Debian, Ubuntu: "sudo apt-get install clang lld"; macOS: "brew install llvm lld"; Windows: "winget install LLVM.LLVM"';
const BINDGEN_HINT = '"cargo install wit-bindgen-cli --no-default-features --features c" installs it';

/**
 * Builds plugins in C: a folder with `src/plugin.c`. The bindings are those of wit-bindgen, in `.wasm-plugin/c`; the compiler is
 * clang, for WebAssembly without WASI and its library.
 */
export const cBuilder: Builder = {
  name: 'C',
  sign: ENTRY,
  fits: ({ folder }) => existsSync(join(folder, ENTRY)),
  isWhole: () => true,
  async build({ folder, manifest }, { signal, debug = false }) {
    const { wit, world } = witOf(folder, manifest.world);
    const bindings = resolve(folder, '.wasm-plugin/c');
    await runTool('wit-bindgen', {
      args: ['c', resolve(wit), '--world', world, '--out-dir', bindings],
      cwd: folder,
      signal,
      hint: BINDGEN_HINT,
    });
    const sources = (await readdir(join(folder, 'src'))).filter((name) => name.endsWith('.c')).sort();
    const made = (await readdir(bindings)).filter((name) => /^\w+\.(?:c|o)$/.test(name));
    const out = await mkdtemp(join(tmpdir(), 'wasm-plugin-c-'));
    try {
      const file = join(out, 'plugin.wasm');
      await runCompiler(
        [
          '--target=wasm32-unknown-unknown',
          '-std=c17',
          '-Oz',
          '-flto',
          '-mbulk-memory',
          '-nostdlib',
          '-ffunction-sections',
          '-fdata-sections',
          ...(debug ? ['-g'] : []),
          `-I${join(LIBRARY, 'include')}`,
          `-I${bindings}`,
          ...sources.map((name) => `src/${name}`),
          ...made.map((name) => join(bindings, name)),
          join(LIBRARY, 'heap.c'),
          '-fno-color-diagnostics',
          ...LINKING.flatMap((flag) => ['-Xlinker', flag]),
          '-o',
          file,
        ],
        { folder, signal },
      );
      const bytes = await readFile(file);
      const { componentNew } = await import('@bytecodealliance/jco-transpile/wasm-tools');
      return new Uint8Array(await componentNew(bytes, []));
    } finally {
      await rm(out, { recursive: true, force: true });
    }
  },
};

/** Runs the first compiler that is installed. */
async function runCompiler(
  args: readonly string[],
  { folder, signal }: { folder: string; signal: AbortSignal | undefined },
): Promise<void> {
  const own = process.env['CC'];
  for (const program of own === undefined || own === '' ? COMPILERS : [own]) {
    try {
      await runTool(program, { args, cwd: folder, signal, hint: COMPILER_HINT });
      return;
    } catch (error) {
      if (!(error instanceof CliError) || error.code !== 'ENOENT') throw error;
    }
  }
  throw new CliError('Cannot build: there is no "clang"', { hint: COMPILER_HINT });
}
