import {
  copyFileSync,
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import { createRequire } from 'node:module';
import { basename, dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { rolldown } from 'rolldown';
import { ROOT } from './guests.js';
import { pruneDist } from './prune-dist.js';

/** A package that is published as a few files, because they are read sooner than one file for each source. */
interface Bundle {
  folder: string;
  /** Scripts that threads start with, by the file that is written. They lie beside the chunks that start them. */
  threads: Record<string, string>;
  /** Exports for tests and benches, beside the doors; not published. */
  internals?: Record<string, string>;
  /** Scripts of audio worklets, each one file with all that it needs, by the file that is written. */
  worklets?: Record<string, string>;
}

const BUNDLES: readonly Bundle[] = [
  { folder: 'abi', threads: {} },
  {
    folder: 'engine',
    threads: {
      'isolated-worker.node': 'src/engine/isolated-worker.node.ts',
      'request-thread.node': 'src/sandbox/http/request-thread.node.ts',
    },
    internals: { 'internals.node': 'src/internals.node.ts' },
    worklets: { 'worklet/processor': 'src/worklet/processor.ts' },
  },
];

/** A part of jco that becomes part of a package: a component that jco has translated to JavaScript and core modules. */
interface Part {
  folder: string;
  /** The file in `src`, which re-exports it; and in `dist`, which is replaced. Without the extension. */
  file: string;
  /** The name of the component in jco's folder `vendor`. */
  component: string;
}

const JCO = '@bytecodealliance/jco-transpile';

const PARTS: readonly Part[] = [
  { folder: 'plugins-as/sdk', file: 'tools/wasm-tools', component: 'wasm-tools' },
  { folder: 'cli', file: 'types/bindgen', component: 'js-component-bindgen-component' },
];

/** The globals that an audio worklet lacks, by the file of `src/worklet/scope` that stands in for them. */
const SCOPE: Record<string, string> = {
  MessageChannel: 'message-channel',
  performance: 'performance',
  queueMicrotask: 'queue-microtask',
  setTimeout: 'turns',
  clearTimeout: 'turns',
  TextDecoder: 'text-decoder',
  TextEncoder: 'text-encoder',
};

/** Folders with sources in `src` that are compiled to `dist`. */
const COMPILED = ['abi', 'engine', 'native-bridge', 'plugins-as/sdk', 'cli', 'bench', 'scripts'];

/** A path in the `exports` of a `package.json`, or what is said of it by condition. */
type Target = string | { [condition: string]: Target };

/** Part of `npm run build`: writes the JavaScript of the doors of `abi` and `engine` beside their declarations, and parts of jco. */
for (const folder of COMPILED) {
  pruneDist(join(ROOT, folder), { isBundled: BUNDLES.some((bundle) => bundle.folder === folder) });
}
for (const bundle of BUNDLES) await write(bundle);
for (const part of PARTS) await embed(part);
copyPlots();

async function write({ folder, threads, internals, worklets = {} }: Bundle): Promise<void> {
  const root = join(ROOT, folder);
  const stampFile = join(root, 'bundle.tsbuildinfo');
  const stamp = stampOf(root);
  if (existsSync(stampFile) && readFileSync(stampFile, 'utf8') === stamp) return;
  const bundle = await rolldown({
    cwd: root,
    input: { ...doors(root, Object.keys(worklets)), ...threads, ...internals },
    external: (id, importer, isResolved) => importer !== undefined && !isResolved && !id.startsWith('.'),
    resolve: { extensionAlias: { '.js': ['.ts'] } },
  });
  const dir = join(root, 'dist');
  const { output } = await bundle.write({
    dir,
    entryFileNames: '[name].js',
    chunkFileNames: '[name]-[hash].js',
    sourcemap: true,
    // A map names the sources, which are published too.
    sourcemapExcludeSources: true,
  });
  await bundle.close();
  const written = new Set(output.map(({ fileName }) => fileName));
  for (const [name, source] of Object.entries(worklets)) {
    await writeWorklet(root, { name, source });
    written.add(`${name}.js`);
  }
  for (const name of readdirSync(dir, { recursive: true, encoding: 'utf8' })) {
    if (/\.js(\.map)?$/.test(name) && !written.has(name.replaceAll('\\', '/'))) rmSync(join(dir, name));
  }
  writeFileSync(stampFile, stamp);
}

/** Writes a script of audio worklets: one file, since import maps do not reach there, with stand-ins for what is not there. */
async function writeWorklet(root: string, { name, source }: { name: string; source: string }): Promise<void> {
  const inject = Object.fromEntries(
    Object.entries(SCOPE).map(([global, file]) => [
      global,
      [join(root, `src/worklet/scope/${file}.ts`), global] as [string, string],
    ]),
  );
  const bundle = await rolldown({
    cwd: root,
    input: source,
    platform: 'browser',
    resolve: { extensionAlias: { '.js': ['.ts'] } },
    transform: { inject },
    // Doors hold whatever: only what the worklet reaches is kept.
    treeshake: { moduleSideEffects: (id) => id.endsWith(source) },
  });
  await bundle.write({ file: join(root, 'dist', `${name}.js`), minify: true, codeSplitting: false });
  await bundle.close();
}

/** Returns a stamp of the sources of a bundle, from the compiler's record, which every compilation rewrites. */
function stampOf(root: string): string {
  const files = [
    join(root, 'tsconfig.tsbuildinfo'),
    join(root, 'package.json'),
    fileURLToPath(import.meta.url),
  ];
  return files.map((file) => statSync(file).mtimeMs).join(' ');
}

/** Writes a part of jco, with the shim of WASI for browsers, which starts no thread, and with jco's license. */
async function embed({ folder, file, component }: Part): Promise<void> {
  const root = join(ROOT, folder);
  const output = join(root, 'dist', `${file}.js`);
  if (existsSync(output) && !readFileSync(output, 'utf8').includes(`from '${JCO}/`)) return;
  const vendor = dirname(createRequire(join(root, 'package.json')).resolve(`${JCO}/component`));
  const bundle = await rolldown({
    cwd: root,
    input: `src/${file}.ts`,
    platform: 'neutral',
    logLevel: 'silent',
    external: /^node:/,
    resolve: { conditionNames: ['import', 'default'] },
  });
  await bundle.write({ file: output });
  await bundle.close();
  rmSync(`${output}.map`, { force: true });
  for (const name of readdirSync(vendor)) {
    if (name.startsWith(`${component}.core`) && name.endsWith('.wasm'))
      copyFileSync(join(vendor, name), join(dirname(output), name));
  }
  copyFileSync(join(vendor, '../LICENSE'), join(dirname(output), `${component}.LICENSE`));
}

/** Copies the library that draws the plots of reports: a page of `wasm-plugin bench` holds it, the command line needs it for nothing. */
function copyPlots(): void {
  const root = join(ROOT, 'cli');
  const uplot = dirname(createRequire(join(root, 'package.json')).resolve('uplot/package.json'));
  const target = join(root, 'dist/uplot');
  mkdirSync(target, { recursive: true });
  for (const name of ['dist/uPlot.iife.min.js', 'dist/uPlot.min.css', 'LICENSE'])
    copyFileSync(join(uplot, name), join(target, basename(name)));
}

/** Returns the sources of a package's doors by the path of each in `dist`, without the extension; not those of `others`. */
function doors(root: string, others: readonly string[]): Record<string, string> {
  const { exports } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8')) as { exports: Target };
  const names = files(exports).flatMap((file) => /^\.\/dist\/(.*)\.js$/.exec(file)?.[1] ?? []);
  const own = names.filter((name) => !others.includes(name));
  return Object.fromEntries(own.map((name) => [name, `src/${name}.ts`]));
}

function files(target: Target): string[] {
  return typeof target === 'string' ? [target] : Object.values(target).flatMap((inner) => files(inner));
}
