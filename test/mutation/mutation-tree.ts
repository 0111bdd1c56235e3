import { execFileSync } from 'node:child_process';
import {
  copyFileSync,
  cpSync,
  existsSync,
  lstatSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  readlinkSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join, relative } from 'node:path';
import { fileURLToPath } from 'node:url';
import { projectFolder, testFolder } from '../wast/index.js';
import { switchable, type Numbered } from './switchable.js';

/** Folders that are built and have a `dist`, which the tests import. */
const BUILT = [
  'abi',
  'engine',
  'native-bridge',
  'plugins-as/sdk',
  'cli',
  'bench',
  'scripts',
  'examples',
  'test',
];

/** The package whose sources can have mutants: its `dist` is made of them by `bundle-packages`. */
const PACKAGE = 'engine';

/** A copy of the project in a temporary folder, whose engine has mutants behind switches. */
export class MutationTree {
  readonly folder: string;

  constructor(folder: string) {
    this.folder = folder;
  }

  /** Copies the project as it lies there and builds the copy. */
  static create(mutants: readonly Numbered[]): MutationTree {
    const tree = new MutationTree(mkdtempSync(join(tmpdir(), 'wasm-plugin-mutation-')));
    try {
      tree.#copy();
      tree.#write(mutants);
      tree.#build();
    } catch (error) {
      tree.remove();
      throw error;
    }
    return tree;
  }

  /** Switches one mutant on, or by `none` all off, or by `log` all off with the log of reached ones. */
  activate(mutant: number | 'none' | 'log'): void {
    writeFileSync(join(this.folder, 'active'), String(mutant));
  }

  /** Returns which test files reached which mutant since `activate('log')`. */
  reached(): Map<number, Set<string>> {
    const file = join(this.folder, 'reached');
    const lines = existsSync(file) ? readFileSync(file, 'utf8').trimEnd().split('\n') : [];
    const reached = new Map<number, Set<string>>();
    for (const line of lines) {
      const [number = '', ...test] = line.split(' ');
      const tests = reached.get(Number(number)) ?? new Set();
      reached.set(Number(number), tests.add(test.join(' ')));
    }
    return reached;
  }

  remove(): void {
    rmSync(this.folder, { recursive: true, force: true });
  }

  #copy(): void {
    const root = fileURLToPath(projectFolder());
    const listed = execFileSync('git', ['ls-files', '-z', '--cached', '--others', '--exclude-standard'], {
      cwd: root,
      encoding: 'utf8',
    });
    for (const file of listed.split('\0')) {
      if (file === '' || !existsSync(join(root, file))) continue;
      mkdirSync(dirname(join(this.folder, file)), { recursive: true });
      cpSync(join(root, file), join(this.folder, file), { verbatimSymlinks: true });
    }
    for (const folder of BUILT) {
      const dist = join(folder, 'dist');
      cpSync(join(root, dist), join(this.folder, dist), { recursive: true });
    }
    for (const name of ['abi', PACKAGE]) {
      for (const record of ['tsconfig.tsbuildinfo', 'bundle.tsbuildinfo'])
        copyFileSync(join(root, name, record), join(this.folder, name, record));
    }
    linkModules(join(root, 'node_modules'), join(this.folder, 'node_modules'));
  }

  #write(mutants: readonly Numbered[]): void {
    const source = readFileSync(fileURLToPath(new URL('mutation/mutant-switch.ts', testFolder())), 'utf8');
    const module = join(this.folder, PACKAGE, 'src/mutant-switch');
    writeFileSync(`${module}.ts`, source.replace('MUTATION_FOLDER', this.folder));
    for (const file of new Set(mutants.map(({ mutant }) => mutant.file))) {
      const own = mutants.filter(({ mutant }) => mutant.file === file);
      const path = join(this.folder, file);
      const from = `./${relative(dirname(path), module).replaceAll('\\', '/')}.js`;
      writeFileSync(path, switchable(readFileSync(path, 'utf8'), { mutants: own, from }));
    }
  }

  #build(): void {
    this.activate('none');
    writeFileSync(join(this.folder, 'current-test'), '');
    // The record says that the bundle is new; without it, the package is bundled anew.
    rmSync(join(this.folder, PACKAGE, 'bundle.tsbuildinfo'));
    execFileSync(process.execPath, [join(this.folder, 'scripts/dist/bundle-packages.js')], {
      cwd: this.folder,
      stdio: ['ignore', 'inherit', 'inherit'],
    });
  }
}

/** Links every package; those of this project, which are links themselves, to their copies. */
function linkModules(from: string, to: string): void {
  mkdirSync(to);
  for (const name of readdirSync(from)) {
    if (name.startsWith('.')) continue;
    const [source, target] = [join(from, name), join(to, name)];
    if (name.startsWith('@')) linkModules(source, target);
    else symlinkSync(lstatSync(source).isSymbolicLink() ? readlinkSync(source) : source, target);
  }
}
