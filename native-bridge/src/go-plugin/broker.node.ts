import { rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { randomUUID } from 'node:crypto';
import { ServerCredentials } from '@grpc/grpc-js';
import { PluginError } from '@wasm-plugin/abi';
import { bound, closed, createGrpcServer } from '../grpc/index.js';
import type { RemoteLink, ServedPlugin } from '../rpc/index.js';
import type { Certificate } from './certificate.node.js';

/** Address of a service on the other side: a message of `plugin.GRPCBroker`. */
export interface ConnInfo {
  service_id: number;
  network: string;
  address: string;
}

/** Options of a broker. */
export interface BrokerOptions {
  /** Sends a message to the other side. */
  send(info: ConnInfo): void;
  /** With AutoMTLS: the certificate of this side, and that of the other one. */
  tls?: { own: Certificate; other: string };
  /** Calls a service that the other side has put somewhere. */
  link(info: ConnInfo, asked: BrokeredService): Promise<RemoteLink>;
}

/** A service of the other side, by the interface that says the same. */
export interface BrokeredService extends Pick<ServedPlugin, 'types'> {
  services: Readonly<Record<string, string>>;
}

/** Time that a service may be waited for, in milliseconds. */
const DIAL_MS = 5000;

/** Services that the other side may have named before they are asked for. */
const MOST_EARLY = 1024;

/**
 * Further services between a host and its plugin, in both directions: one side serves it under a number, tells the other one the
 * number by a call of its own, and that one dials it.
 */
export class GoBroker {
  readonly #options: BrokerOptions;
  readonly #served = new Set<() => Promise<void>>();
  readonly #early = new Map<number, ConnInfo>();
  readonly #waiting = new Map<number, (info: ConnInfo) => void>();
  #nextId = 0;

  constructor(options: BrokerOptions) {
    this.#options = options;
  }

  /**
   * Serves functions to the other side until the broker closes, or `close`.
   * @returns the number to tell it
   */
  async serve(served: ServedPlugin & BrokeredService): Promise<{ id: number; close(): Promise<void> }> {
    const id = ++this.#nextId;
    const { server, health } = createGrpcServer(served, { services: served.services });
    const address = join(tmpdir(), `plugin-${randomUUID().slice(0, 13)}`);
    const { tls } = this.#options;
    const credentials =
      tls === undefined
        ? ServerCredentials.createInsecure()
        : ServerCredentials.createSsl(
            Buffer.from(tls.other),
            [{ private_key: Buffer.from(tls.own.key), cert_chain: Buffer.from(tls.own.cert) }],
            true,
          );
    await bound(server, { target: `unix:${address}`, credentials, address });
    const close = async (): Promise<void> => {
      if (!this.#served.delete(close)) return;
      await closed(server, health);
      rmSync(address, { force: true });
    };
    this.#served.add(close);
    this.#options.send({ service_id: id, network: 'unix', address });
    return { id, close };
  }

  /** Calls a service that the other side serves under a number. @throws {PluginError} WP_BRIDGE it does not in 5 s */
  async dial(id: number, asked: BrokeredService): Promise<RemoteLink> {
    const known = this.#early.get(id);
    this.#early.delete(id);
    const info =
      known ??
      (await new Promise<ConnInfo>((resolve, reject) => {
        const timer = setTimeout(() => {
          this.#waiting.delete(id);
          reject(
            new PluginError(
              'WP_BRIDGE',
              `Cannot dial the service ${id}: it is not there after ${DIAL_MS} ms`,
            ),
          );
        }, DIAL_MS);
        this.#waiting.set(id, (given) => {
          clearTimeout(timer);
          resolve(given);
        });
      }));
    return this.#options.link(info, asked);
  }

  /** Takes a message of the other side. */
  hear(info: ConnInfo): void {
    const waiting = this.#waiting.get(info.service_id);
    this.#waiting.delete(info.service_id);
    if (waiting !== undefined) return waiting(info);
    if (this.#early.size < MOST_EARLY) this.#early.set(info.service_id, info);
  }

  async close(): Promise<void> {
    await Promise.all([...this.#served].map((close) => close()));
  }
}
