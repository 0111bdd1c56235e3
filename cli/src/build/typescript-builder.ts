import { existsSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join, resolve } from 'node:path';
import { pathToFileURL } from 'node:url';
import { readPackage } from '../wit/index.js';
import { CliError } from '../cli-error.js';
import { generateDeclarations } from '../types/index.js';
import type { Builder } from './builder.js';
import { componentizeJavaScript } from './javascript-builder.js';
import { runTool } from './run-tool.js';
import { witOf } from './wit-of.js';
import { writeWhole } from './write-whole.js';

const ENTRY = 'src/index.ts';

/** Declarations of the world, as a guest imports and exports it. */
const TYPES = '.wasm-plugin/types';

/** The part of `esbuild` that is used. */
interface Bundler {
  build(options: {
    entryPoints: string[];
    bundle: true;
    format: 'esm';
    target: string;
    write: false;
    color: boolean;
    logLevel: 'silent';
    absWorkingDir: string;
    plugins: BundlerPlugin[];
  }): Promise<{ outputFiles: readonly { text: string }[] }>;
  formatMessages(messages: unknown, options: { kind: 'error'; color: boolean }): Promise<string[]>;
}

interface BundlerPlugin {
  name: string;
  setup(build: {
    onResolve(
      options: { filter: RegExp },
      resolve: (asked: { path: string }) => { path: string; external: boolean },
    ): void;
  }): void;
}

/** Leaves imports of interfaces, such as `wasm-plugin:abi/log@0.1.0`, to the host. */
const INTERFACES: BundlerPlugin = {
  name: 'interfaces',
  setup: (build) => build.onResolve({ filter: /^[\w-]+:[\w-]+\// }, ({ path }) => ({ path, external: true })),
};

/**
 * Builds plugins in TypeScript: a folder with `src/index.ts`. The types of its world are written into `.wasm-plugin/types`; the
 * sources are checked if `typescript` is installed for it.
 */
export const typescriptBuilder: Builder = {
  name: 'TypeScript',
  sign: ENTRY,
  fits: ({ folder }) => existsSync(join(folder, ENTRY)),
  isWhole: () => true,
  async build({ folder, manifest }, { signal }) {
    const { wit, world } = witOf(folder, manifest.world);
    await writeTypes(folder, { wit, world });
    const require = createRequire(resolve(folder, 'package.json'));
    const checker = resolveFrom(require, 'typescript/package.json');
    if (checker !== undefined && existsSync(join(folder, 'tsconfig.json'))) {
      await runTool(process.execPath, {
        args: [join(checker, '../bin/tsc'), '--noEmit', '--pretty', '-p', '.'],
        cwd: folder,
        signal,
        saysOnStdout: true,
        called: 'tsc',
      });
    }
    const source = await bundle(folder, require);
    return await componentizeJavaScript(folder, { entry: ENTRY, source, wit, world });
  },
};

async function writeTypes(folder: string, { wit, world }: { wit: string; world: string }): Promise<void> {
  const source = { kind: 'wit', text: readPackage(wit).text.text, world } as const;
  for (const [name, text] of await generateDeclarations('world', source, { guest: true }))
    await writeWhole(join(folder, TYPES, name), text);
}

async function bundle(folder: string, require: NodeJS.Require): Promise<string> {
  const path = resolveFrom(require, 'esbuild');
  if (path === undefined)
    throw new CliError(`Cannot build "${folder}": esbuild is not installed for it`, {
      hint: '"npm install --save-dev esbuild" in its folder',
    });
  const loaded = (await import(pathToFileURL(path).href)) as Bundler & { default?: Bundler };
  const esbuild = loaded.default ?? loaded;
  try {
    const { outputFiles } = await esbuild.build({
      entryPoints: [ENTRY],
      bundle: true,
      format: 'esm',
      target: 'es2022',
      write: false,
      color: false,
      logLevel: 'silent',
      absWorkingDir: resolve(folder),
      plugins: [INTERFACES],
    });
    return outputFiles[0]?.text ?? '';
  } catch (error) {
    const { errors } = error as { errors?: unknown };
    if (!Array.isArray(errors)) throw error;
    const lines = await esbuild.formatMessages(errors, { kind: 'error', color: false });
    throw new CliError(`Cannot build "${join(folder, ENTRY)}":\n${lines.join('\n').trim()}`);
  }
}

function resolveFrom(require: NodeJS.Require, name: string): string | undefined {
  try {
    return require.resolve(name);
  } catch {
    return undefined;
  }
}
