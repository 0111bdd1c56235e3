/** The instance that a sandbox serves, as the sandbox sees it. */
export interface AttachedInstance {
  /**
   * Counts bytes that the host moved for the guest without their crossing the boundary.
   * @throws {QuotaError} WP_QUOTA_HOST
   */
  chargeBytes(bytes: number): void;
}

/** A sandbox, as its instance sees it. */
export interface SandboxLink {
  /** Called once, before the instance runs. */
  attach(instance: AttachedInstance): void;
  /** Bytes of the host's memory that the resources of the sandbox hold. */
  heldBytes(): number;
}

/** The key under which the imports of a sandbox hold its `SandboxLink`. No guest can name it. */
export const SANDBOX_LINK: unique symbol = Symbol('wasm-plugin.sandbox-link');

/** Returns the link of the sandbox that imports come from, if they come from one. */
export function sandboxLinkOf(imports: object): SandboxLink | undefined {
  return (imports as { [SANDBOX_LINK]?: SandboxLink })[SANDBOX_LINK];
}
