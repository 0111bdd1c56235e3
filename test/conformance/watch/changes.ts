import { execFileSync } from 'node:child_process';
import { mkdir, rename, rm, symlink, utimes, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { contentOf, fileOf, nameOf, put, type Form } from './plugin-forms.js';

/** Wanted outcome of a change. */
export type Outcome = 'reloaded' | 'unloaded' | 'nothing' | 'loaded again';

/** A place with a plugin, of which something changes. */
export interface Place {
  readonly form: Form;
  /** The folder that the host follows. */
  readonly root: string;
  /** The plugin in it. */
  readonly path: string;
}

/** A way in which files change. */
export interface Change {
  readonly outcome: Outcome | ((form: Form) => Outcome);
  /** Puts the first edition there, where that is not just `put`. */
  readonly prepare?: (place: Place) => Promise<void>;
  /** The path of the plugin below the root, where it is another one. */
  readonly pathOf?: (form: Form) => string;
  readonly make: (place: Place) => Promise<void>;
}

const SECOND = { edition: 'second' };

/** Every way, by its name in the table. */
export const CHANGES: Readonly<Record<string, Change>> = {
  "an editor's atomic save": {
    outcome: 'reloaded',
    async make({ form, path }) {
      const file = fileOf(form, path);
      const beside = join(dirname(file), '.saved~');
      await writeFile(beside, await contentOf(form, SECOND.edition));
      await rename(beside, file);
    },
  },
  'a write in place': {
    outcome: 'reloaded',
    make: async ({ form, path }) => writeFile(fileOf(form, path), await contentOf(form, SECOND.edition)),
  },
  'git checkout': {
    outcome: 'reloaded',
    async prepare({ form, root, path }) {
      await put(form, path, { edition: 'first' });
      git(root, 'init', '--quiet', '--initial-branch=first');
      commit(root);
      git(root, 'checkout', '--quiet', '-b', 'second');
      await writeFile(fileOf(form, path), await contentOf(form, SECOND.edition));
      commit(root);
      git(root, 'checkout', '--quiet', 'first');
    },
    make: async ({ root }) => git(root, 'checkout', '--quiet', 'second'),
  },
  'the folder replaced': {
    outcome: 'reloaded',
    // A package has the folder that it lies in replaced.
    pathOf: (form) => (form === 'package' ? `@acme/${nameOf(form)}` : nameOf(form)),
    async make({ form, root, path }) {
      const folder = form === 'package' ? dirname(path) : path;
      const next = join(root, '_next');
      await (form === 'package' ? put(form, join(next, nameOf(form)), SECOND) : put(form, next, SECOND));
      await rename(folder, join(root, '_before'));
      await rename(next, folder);
    },
  },
  'a symbolic link swapped': {
    outcome: 'reloaded',
    async prepare({ form, root, path }) {
      await put(form, join(root, '.first'), { edition: 'first' });
      await put(form, join(root, '.second'), SECOND);
      await symlink(join(root, '.first'), path);
    },
    async make({ root, path }) {
      await symlink(join(root, '.second'), join(root, '.link'));
      await rename(join(root, '.link'), path);
    },
  },
  'a file in a build folder': {
    outcome: 'nothing',
    async make({ form, root, path }) {
      const folder = join(form === 'package' ? root : path, 'node_modules', 'tool');
      await mkdir(folder, { recursive: true });
      await writeFile(join(folder, 'made.txt'), 'by a build');
    },
  },
  'the package replaced': {
    outcome: (form) => (form === 'package' ? 'reloaded' : 'loaded again'),
    async make({ form, root, path }) {
      if (form !== 'package') await rename(path, join(root, '_before'));
      await put('package', join(root, nameOf('package')), SECOND);
    },
  },
  'only touched': {
    outcome: 'nothing',
    make: ({ form, path }) => utimes(fileOf(form, path), new Date(), new Date()),
  },
  'renamed to _x': {
    outcome: 'unloaded',
    make: ({ root, form, path }) => rename(path, join(root, `_${nameOf(form)}`)),
  },
  deleted: {
    outcome: 'unloaded',
    make: ({ path }) => rm(path, { recursive: true }),
  },
};

function git(folder: string, ...args: string[]): void {
  execFileSync('git', ['-C', folder, ...args], {
    stdio: ['ignore', 'ignore', 'pipe'],
    env: { ...process.env, GIT_CONFIG_GLOBAL: '/dev/null', GIT_CONFIG_SYSTEM: '/dev/null' },
  });
}

function commit(folder: string): void {
  git(folder, 'add', '--all');
  const who = ['-c', 'user.name=test', '-c', 'user.email=test@example.com'];
  git(folder, ...who, 'commit', '--quiet', '--message', 'an edition');
}
