import { CliError } from '../cli-error.js';

/** Packages for gRPC. */
export const GRPC_PACKAGES = '@grpc/grpc-js protobufjs@7';

/** Packages for NATS. */
export const NATS_PACKAGES =
  '@nats-io/transport-node@3.3 @nats-io/jetstream@3.3 @nats-io/kv@3.3 @nats-io/obj@3.3 @nats-io/services@3.0.0-25';

/**
 * Waits for a part of the bridge that needs packages which npm does not install with the command line, since few use it.
 * @param part - its import
 * @param packages - the needed packages
 * @throws {CliError} they are not installed
 */
export async function installed<T>(part: Promise<T>, packages: string): Promise<T> {
  try {
    return await part;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'ERR_MODULE_NOT_FOUND') throw error;
    throw new CliError('Cannot go on: packages that this needs are not installed', {
      hint: `"npm install ${packages}", beside wasm-plugin`,
    });
  }
}
