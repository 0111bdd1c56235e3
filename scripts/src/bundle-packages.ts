import { readdirSync, readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { rolldown } from 'rolldown';
import { ROOT } from './guests.js';

/** What a package publishes as a few files, for it is read sooner than one file a source. */
interface Bundle {
  folder: string;
  /** Scripts that threads start with, by the file they are made of. They lie beside the chunks that start them. */
  threads: Record<string, string>;
}

const BUNDLES: readonly Bundle[] = [
  { folder: 'abi', threads: {} },
  {
    folder: 'engine',
    threads: {
      'isolated-worker.node': 'src/engine/isolated-worker.node.ts',
      'request-thread.node': 'src/sandbox/http/request-thread.node.ts',
    },
  },
];

/** A path in the `exports` of a `package.json`, or what is said of it by condition. */
type Target = string | { [condition: string]: Target };

/** Part of `npm run build`: writes the JavaScript of the doors of `abi` and `engine` beside their declarations. */
for (const bundle of BUNDLES) await write(bundle);

async function write({ folder, threads }: Bundle): Promise<void> {
  const root = join(ROOT, folder);
  const bundle = await rolldown({
    cwd: root,
    input: { ...doors(root), ...threads },
    external: (id, importer, isResolved) => importer !== undefined && !isResolved && !id.startsWith('.'),
    resolve: { extensionAlias: { '.js': ['.ts'] } },
  });
  const dir = join(root, 'dist');
  const { output } = await bundle.write({
    dir,
    entryFileNames: '[name].js',
    chunkFileNames: '[name]-[hash].js',
    sourcemap: true,
  });
  await bundle.close();
  const written = new Set(output.map(({ fileName }) => fileName));
  for (const name of readdirSync(dir, { recursive: true, encoding: 'utf8' })) {
    if (/\.js(\.map)?$/.test(name) && !written.has(name.replaceAll('\\', '/'))) rmSync(join(dir, name));
  }
}

/** Gives the sources of a package's doors by the path of each in `dist`, without the extension. */
function doors(root: string): Record<string, string> {
  const { exports } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8')) as { exports: Target };
  const names = files(exports).flatMap((file) => /^\.\/dist\/(.*)\.js$/.exec(file)?.[1] ?? []);
  return Object.fromEntries(names.map((name) => [name, `src/${name}.ts`]));
}

function files(target: Target): string[] {
  return typeof target === 'string' ? [target] : Object.values(target).flatMap((inner) => files(inner));
}
