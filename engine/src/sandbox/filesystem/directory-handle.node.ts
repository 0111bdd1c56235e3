import { GuestError } from '@wasm-plugin/abi';
import { closeSync, constants, existsSync, fstatSync, openSync, realpathSync, statSync } from 'node:fs';
import { attempt } from './error-code.node.js';

const { O_RDONLY, O_NOFOLLOW = 0, O_DIRECTORY = 0 } = constants;

let viaDescriptors: boolean | undefined;

/** Returns whether the system lets a name be looked up in a folder that is open: Linux with `/proc`. */
function canLookUpInOpenFolder(): boolean {
  return (viaDescriptors ??= process.platform === 'linux' && existsSync('/proc/self/fd'));
}

/**
 * An open folder. Names are looked up in it by its descriptor, so moving it, or putting a link in its place, changes nothing.
 * If the system has no way for that, by its path, after a check that the path still leads to it: a race is possible there.
 */
export class DirectoryHandle {
  readonly fd: number;
  readonly #path: string;

  private constructor(fd: number, path: string) {
    this.fd = fd;
    this.#path = path;
  }

  /** Opens a folder of the host's, through links. */
  static open(path: string): DirectoryHandle {
    const real = realpathSync(path);
    return new DirectoryHandle(
      attempt(() => openSync(real, O_RDONLY | O_DIRECTORY)),
      real,
    );
  }

  /** Opens a folder in it; a link is not followed. */
  open(name: string): DirectoryHandle {
    const fd = attempt(() => openSync(this.at(name), O_RDONLY | O_DIRECTORY | O_NOFOLLOW));
    return new DirectoryHandle(fd, name === '.' ? this.#path : `${this.#path}/${name}`);
  }

  /**
   * Returns a path to an entry, for one use at once.
   * @param name one segment, not `..`
   */
  at(name: string): string {
    if (canLookUpInOpenFolder()) return `/proc/self/fd/${this.fd}/${name}`;
    const [open, found] = [fstatSync(this.fd, { bigint: true }), statSync(this.#path, { bigint: true })];
    if (open.ino !== found.ino || open.dev !== found.dev || realpathSync(this.#path) !== this.#path) {
      throw new GuestError('access');
    }
    return `${this.#path}/${name}`;
  }

  /** Returns whether both are the same folder. */
  isSameAs(other: DirectoryHandle): boolean {
    const [one, two] = [this, other].map(({ fd }) => fstatSync(fd, { bigint: true }));
    return one?.ino === two?.ino && one?.dev === two?.dev;
  }

  close(): void {
    closeSync(this.fd);
  }
}
