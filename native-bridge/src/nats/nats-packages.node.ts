import { jetstream } from '@nats-io/jetstream';
import { Objm, type ObjectStore } from '@nats-io/obj';
import type { NatsConnection } from '@nats-io/transport-node';
import { PluginError } from '@wasm-plugin/abi';
import { packedFiles, type PluginFiles } from '@wasm-plugin/abi/package';

/** Packed plugins in the object store of JetStream, by id and version. */
export class NatsPackages {
  readonly #store: ObjectStore;

  private constructor(store: ObjectStore) {
    this.#store = store;
  }

  /** @throws {PluginError} WP_PACKAGE the server has no JetStream */
  static async open(nats: NatsConnection, { bucket = 'wasm-plugin-packages' } = {}): Promise<NatsPackages> {
    try {
      return new NatsPackages(await new Objm(jetstream(nats)).create(bucket));
    } catch (error) {
      throw packageError('open the packages in NATS', error);
    }
  }

  /** Keeps a packed plugin. @throws {PluginError} WP_PACKAGE the store is full, or has the version already */
  async put({ id, version, bytes }: { id: string; version: string; bytes: Uint8Array }): Promise<void> {
    const name = nameOf(id, version);
    const what = `put "${name}" into NATS`;
    try {
      if ((await this.#store.info(name)) === null) {
        await this.#store.putBlob({ name }, bytes);
        return;
      }
    } catch (error) {
      throw packageError(what, error);
    }
    throw packageError(what, new Error('it is there already; give it another version'));
  }

  /**
   * Returns a packed plugin, checked against its digest and read within the bounds of packed plugins.
   * @throws {PluginError} WP_PACKAGE it is not there, or damaged
   */
  async get(id: string, version: string): Promise<PluginFiles> {
    const name = nameOf(id, version);
    let bytes: Uint8Array | null;
    try {
      bytes = await this.#store.getBlob(name);
    } catch (error) {
      throw packageError(`get "${name}" from NATS`, error);
    }
    if (bytes === null) throw packageError(`get "${name}" from NATS`, new Error('it is not there'));
    return packedFiles(bytes, { source: `${name} in NATS` });
  }
}

function nameOf(id: string, version: string): string {
  return `${id}@${version}`;
}

function packageError(what: string, cause: unknown): PluginError {
  const reason = cause instanceof Error ? cause.message : String(cause);
  return new PluginError('WP_PACKAGE', `Cannot ${what}: ${reason}`, { cause });
}
