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

/** How a plugin with `http` reaches the network. */
export interface HttpOptions {
  /** How large the body of a response may be. @default 16 MiB */
  responseBytes?: number | undefined;
  /** How many requests may be under way. @default 16 */
  requests?: number | undefined;
  /** Addresses by name, which come before those that the system finds: names of the host's own, and tests. @default none */
  hosts?: Readonly<Record<string, readonly string[]>> | undefined;
  /** Certificates of authorities that are trusted beside those of Node, each as PEM. For a service of one's own. @default none */
  authorities?: readonly string[] | undefined;
  /** Hears of each request that came to nothing. What it throws ends the instance. @default nobody */
  onFailure?: ((failure: HttpFailure) => unknown) | undefined;
}
