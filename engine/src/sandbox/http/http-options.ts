import type { HttpProxy } from './proxy.js';

/** A request that was made and came to nothing. */
export interface HttpFailure {
  /** The name of the plugin, if it has one. */
  readonly plugin: string | undefined;
  readonly host: string;
  readonly port: number;
  /** The guest's error: a code of `wasi:http/types`, such as `TLS-certificate-error`. */
  readonly code: string;
  /** The reason, in words that the guest does not see. */
  readonly reason: string;
}

/** Network of a plugin with `http`. Bodies flow in both directions; the host holds at most 256 KiB of each. */
export interface HttpOptions {
  /** Largest body of a response, in bytes. @default any size */
  responseBytes?: number | undefined;
  /** Most requests in progress: sent, and not answered to the end. @default 16 */
  requests?: number | undefined;
  /** Longest time to connect, in ms. The guest may ask for less. @default 30 s, or as long as the guest asks for */
  connectMs?: number | undefined;
  /**
   * Longest time from the end of the request to the begin of the response, in ms. The guest may ask for less.
   * @default 30 s, or as long as the guest asks for
   */
  firstByteMs?: number | undefined;
  /**
   * Longest time to the next part of a body, in ms. The guest may ask for less.
   * @default 30 s, or as long as the guest asks for
   */
  betweenBytesMs?: number | undefined;
  /** Longest time of a whole request, until the last byte of its response, in ms. @default for ever */
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
   * Proxy of requests: its address, one for each scheme, or `environment` for the values of `HTTP_PROXY`, `HTTPS_PROXY` and
   * `NO_PROXY`.
   * @default requests go directly, whatever the environment says
   */
  proxy?: string | HttpProxy | undefined;
  /** Certificates of authorities that are trusted beside those of Node, each as PEM. For a service of one's own. @default none */
  authorities?: readonly string[] | undefined;
  /** Called for each failed request. An error that it throws ends the instance. @default not called */
  onFailure?: ((failure: HttpFailure) => unknown) | undefined;
}
