import type { BigIntStats } from 'node:fs';
import type { HOST_ONLY } from '../host-only.js';
import { Descriptor } from './descriptor.js';
import type { DescriptorStat, MetadataHash } from './filesystem-types.js';
import { descriptorStat, metadataHash } from './stat.node.js';

/** A descriptor of a file or folder that the host has open: its metadata. */
export class OpenDescriptor extends Descriptor {
  readonly #read: () => BigIntStats;

  /** `read` asks the system about the open file, if that is allowed. */
  constructor(key: typeof HOST_ONLY, read: () => BigIntStats) {
    super(key);
    this.#read = read;
  }

  override stat(): DescriptorStat {
    return descriptorStat(this.#read());
  }

  override metadataHash(): MetadataHash {
    return metadataHash(this.#read());
  }

  override isSameObject(other: Descriptor): boolean {
    if (!(other instanceof OpenDescriptor) || other.constructor !== this.constructor) return false;
    const [one, two] = [this.#read(), other.#read()];
    return one.ino === two.ino && one.dev === two.dev;
  }
}
