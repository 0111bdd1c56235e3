import { formatCapability, GuestError, type FileCapability } from '@wasm-plugin/abi';
import type { Gate } from '../gate.js';
import { joinPath } from './join-path.js';

/** A folder or file that a plugin may reach. */
export interface GrantedPath {
  /** As the plugin and its manifest write it. */
  path: string;
  /** As the host writes it. */
  hostPath: string;
}

/**
 * Rights of a plugin below a path. They are checked at every call, so access ends when a grant is taken back, or leads
 * elsewhere on the host.
 */
export class FileAccess {
  /** As capabilities write it. */
  readonly path: string;
  readonly #gate: Gate;
  readonly #hostPath: string;

  constructor(gate: Gate, { path, hostPath }: GrantedPath) {
    this.#gate = gate;
    this.path = path;
    this.#hostPath = hostPath;
  }

  /** The same for one file in it. */
  of(name: string): FileAccess {
    const [path, hostPath] = [joinPath(this.path, name), joinPath(this.#hostPath, name)];
    return new FileAccess(this.#gate, { path, hostPath });
  }

  get canWrite(): boolean {
    return this.#gate.lacking(this.#request(false)) === undefined;
  }

  /** Charges bytes that are written without crossing the boundary. @throws {QuotaError} WP_QUOTA_HOST */
  charge(bytes: number): void {
    this.#gate.instance?.chargeBytes(bytes);
  }

  /** @throws {GuestError} the error code `access` */
  demandRead(): void {
    this.#demand(true, 'access');
  }

  /** @throws {GuestError} the error code `read-only`, or `access` if not even reading is allowed */
  demandWrite(): void {
    this.demandRead();
    this.#demand(false, 'read-only');
  }

  /** Notes that a path led out of the granted folder. */
  escape(path: string, code: 'not-permitted' | 'access' = 'not-permitted'): GuestError {
    const to = joinPath(this.path, path);
    this.#gate.deny(`fs:${to}`, this.#gate.lacking({ kind: 'fs', path: to, readOnly: true }) ?? 'host');
    return new GuestError(code);
  }

  #demand(readOnly: boolean, code: 'access' | 'read-only'): void {
    const lacking = this.#gate.lacking(this.#request(readOnly));
    if (lacking === undefined) return;
    this.#gate.deny(formatCapability({ kind: 'fs', path: this.path, readOnly }), lacking);
    throw new GuestError(code);
  }

  #request(readOnly: boolean): FileCapability {
    return { kind: 'fs', path: this.path, hostPath: this.#hostPath, readOnly };
  }
}
