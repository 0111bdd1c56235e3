import { formatCapability, GuestError, type FileCapability } from '@wasm-plugin/abi';
import type { Gate } from '../gate.js';
import type { HOST_ONLY } from '../host-only.js';
import { Descriptor } from './descriptor.js';
import type {
  DescriptorFlags,
  DescriptorStat,
  DescriptorType,
  OpenFlags,
  PathFlags,
} from './filesystem-types.js';
import { isAboveGrant } from './granted-paths.js';
import { joinPath } from './join-path.js';

/**
 * The folder `/` of a plugin without a grant for it. Every path that is not below a granted folder ends here, since a guest
 * looks for the closest one; the refusal, with the code `access`, names the path and the side that lacks it. A folder that
 * contains a granted one is reported as absent instead: programs look at each folder of a path, and go on if one is absent.
 */
export class DeniedDescriptor extends Descriptor {
  readonly #gate: Gate;

  constructor(key: typeof HOST_ONLY, gate: Gate) {
    super(key);
    this.#gate = gate;
  }

  override getType(): DescriptorType {
    return 'directory';
  }
  override getFlags(): DescriptorFlags {
    return { read: true };
  }
  override stat(): DescriptorStat {
    return { type: 'directory', linkCount: 1n, size: 0n };
  }
  override metadataHash() {
    return { lower: 0n, upper: 0n };
  }
  override readDirectory(): never {
    throw this.#refuse('.', true);
  }
  override createDirectoryAt(path: string): never {
    throw this.#refuse(path, false);
  }
  override statAt(_flags: PathFlags, path: string): never {
    throw this.#refuse(path, true, { quiet: true });
  }
  override setTimesAt(_flags: PathFlags, path: string): never {
    throw this.#refuse(path, false);
  }
  override linkAt(_flags: PathFlags, path: string): never {
    throw this.#refuse(path, false);
  }
  override openAt(
    _: PathFlags,
    path: string,
    { create, truncate }: OpenFlags,
    { write }: DescriptorFlags,
  ): never {
    throw this.#refuse(path, create !== true && truncate !== true && write !== true);
  }
  override readlinkAt(path: string): never {
    throw this.#refuse(path, true, { quiet: true });
  }
  override removeDirectoryAt(path: string): never {
    throw this.#refuse(path, false);
  }
  override renameAt(path: string): never {
    throw this.#refuse(path, false);
  }
  override symlinkAt(_target: string, path: string): never {
    throw this.#refuse(path, false);
  }
  override unlinkFileAt(path: string): never {
    throw this.#refuse(path, false);
  }
  override metadataHashAt(_flags: PathFlags, path: string): never {
    throw this.#refuse(path, true, { quiet: true });
  }

  /** Refuses a path that something was to be moved to. */
  refuseTarget(path: string): GuestError {
    return this.#refuse(path, false);
  }

  /** A guest's library makes every path one below `/`: it may mean one relative to the plugin's own folder. */
  #refuse(path: unknown, readOnly: boolean, { quiet = false } = {}): GuestError {
    const absolute: FileCapability = { kind: 'fs', path: joinPath('/', String(path)), readOnly };
    const relative: FileCapability = { kind: 'fs', path: joinPath('.', String(path)), readOnly };
    const lacking = this.#gate.lacking(absolute);
    const lackingRelative = this.#gate.lacking(relative);
    // Granted, but nothing is there, or the host cannot give it.
    if (lacking === undefined || lackingRelative === undefined) return new GuestError('no-entry');
    const isAbove = readOnly && [absolute, relative].some((each) => isAboveGrant(this.#gate, each.path));
    if (isAbove && quiet) return new GuestError('no-entry');
    const meant = lackingRelative === 'host' && lacking === 'manifest' ? relative : absolute;
    this.#gate.deny(formatCapability(meant), this.#gate.lacking(meant) ?? 'host');
    return new GuestError(isAbove ? 'no-entry' : 'access');
  }
}
