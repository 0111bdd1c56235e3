import { GuestError } from '@wasm-plugin/abi';
import type { Gate } from '../gate.js';
import { joinPath } from './join-path.js';

/** What a plugin may do below a path: asked at every call, so that a grant that is taken back ends it. */
export class FileAccess {
  /** As capabilities write it. */
  readonly path: string;
  readonly #gate: Gate;

  constructor(gate: Gate, path: string) {
    this.#gate = gate;
    this.path = path;
  }

  /** The same for one file in it. */
  of(name: string): FileAccess {
    return new FileAccess(this.#gate, joinPath(this.path, name));
  }

  get canWrite(): boolean {
    return this.#gate.lacking({ kind: 'fs', path: this.path, readOnly: false }) === undefined;
  }

  /** @throws {GuestError} the error code `access` */
  demandRead(): void {
    if (!this.#gate.allows({ kind: 'fs', path: this.path, readOnly: true })) throw new GuestError('access');
  }

  /** @throws {GuestError} the error code `read-only`, or `access` where not even reading is allowed */
  demandWrite(): void {
    this.demandRead();
    if (!this.#gate.allows({ kind: 'fs', path: this.path, readOnly: false }))
      throw new GuestError('read-only');
  }

  /** Notes that a path led out of what is granted. */
  escape(path: string, code: 'not-permitted' | 'access' = 'not-permitted'): GuestError {
    const to = joinPath(this.path, path);
    this.#gate.deny(`fs:${to}`, this.#gate.lacking({ kind: 'fs', path: to, readOnly: true }) ?? 'host');
    return new GuestError(code);
  }
}
