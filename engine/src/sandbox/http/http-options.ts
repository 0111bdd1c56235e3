/** How a plugin with `http` reaches the network. */
export interface HttpOptions {
  /** How large the body of a response may be. @default 16 MiB */
  responseBytes?: number | undefined;
  /** How many requests may be under way. @default 16 */
  requests?: number | undefined;
  /** Addresses by name, which come before those that the system finds: names of the host's own, and tests. @default none */
  hosts?: Readonly<Record<string, readonly string[]>> | undefined;
}
