import type { HttpProxy } from './proxy.js';

/** A request that was made and came to nothing. */
export interface HttpFailure {
  /** The name of the plugin, where it has one. */
  readonly plugin: string | undefined;
  readonly host: string;
  readonly port: number;
  /** What the guest is told: an error code of `wasi:http/types`, such as `TLS-certificate-error`. */
  readonly code: string;
  /** Why, in words that the guest is not told. */
  readonly reason: string;
}

/** How a plugin with `http` reaches the network. Bodies flow in both directions; the host holds at most 256 KiB of each. */
export interface HttpOptions {
  /** How large the body of a response may be, in bytes. @default any size */
  responseBytes?: number | undefined;
  /** How many requests may be under way: sent, and not answered to the end. @default 16 */
  requests?: number | undefined;
  /** How long it may take to connect, in milliseconds. The guest may ask for less. @default 30 s, or as long as the guest asks for */
  connectMs?: number | undefined;
  /** How long the response may take to begin once the request is sent. The guest may ask for less. @default 30 s, or as long as the guest asks for */
  firstByteMs?: number | undefined;
  /** How long each next part of a body may take. The guest may ask for less. @default 30 s, or as long as the guest asks for */
  betweenBytesMs?: number | undefined;
  /** How long a request may take with everything, until the last byte of its response. @default for ever */
  responseMs?: number | undefined;
  /** Addresses by name, which come before those that the system finds: names of the host's own, and tests. @default none */
  hosts?: Readonly<Record<string, readonly string[]>> | undefined;
  /**
   * Networks such as `10.0.0.0/8` or `fd00::/8`, and single addresses, that a name may have addresses in though they are private.
   * It holds for names that one grant and one permission of the manifest write out, and not for those that a pattern covers.
   * @default none
   */
  privateNetworks?: readonly string[] | undefined;
  /**
   * What requests go through: the address of a proxy, one for each scheme, or `environment` for what `HTTP_PROXY`, `HTTPS_PROXY`
   * and `NO_PROXY` say.
   * @default they go directly, whatever the environment says
   */
  proxy?: string | HttpProxy | undefined;
  /** Certificates of authorities that are trusted beside those of Node, each as PEM. For a service of one's own. @default none */
  authorities?: readonly string[] | undefined;
  /** Hears of each request that came to nothing. What it throws ends the instance. @default nobody */
  onFailure?: ((failure: HttpFailure) => unknown) | undefined;
}
