import { formatCapability, PluginError, type Capability, type Limits } from '@wasm-plugin/abi';
import { resolveEntry } from '@wasm-plugin/abi/manifest';
import type { TrustOptions } from '@wasm-plugin/abi/trust';
import { decodeComponent, validateComponent } from '@wasm-plugin/engine/component';
import {
  createPluginHost,
  type ManagedPlugin,
  type PluginHost,
  type PluginPackage,
} from '@wasm-plugin/engine/host';
import { decodeEnvelope, encodeEnvelope } from '@wasm-plugin/engine/reload';
import type { CallTarget, ServedPlugin } from '@wasm-plugin/native-bridge';
import type { NatsPackages, OwnedState } from '@wasm-plugin/native-bridge/nats';
import { interfaceTypes, typesForCallers } from './interface-types.js';

/** The longest call where neither a limit nor the caller says less, in milliseconds: an hour. */
const MOST_CALL_MS = 3_600_000;

/** Options of a plugin whose versions come from NATS. */
export interface RollingPluginOptions {
  id: string;
  packages: NatsPackages;
  limits: Limits;
  grants: readonly Capability[];
  folder: string;
  trust: TrustOptions;
  /** Ends of the time in which a new version is on trial, whichever comes first. */
  confirm: { calls: number; ms: number };
  onLog(level: string, message: string): void;
  /** The bridge's `callMember`: the bridge is loaded where it is needed. */
  callMember(
    exports: Readonly<Record<string, unknown>>,
    target: CallTarget,
    args: readonly unknown[],
  ): unknown;
}

/** A plugin of this process whose version can be changed while it is called: each call goes to the version that runs. */
export class RollingPlugin {
  readonly #options: RollingPluginOptions;
  readonly #host: PluginHost;
  #plugin: ManagedPlugin | undefined;
  #isSaved = true;

  constructor(options: RollingPluginOptions) {
    this.#options = options;
    const { limits, grants, folder, trust, onLog } = options;
    this.#host = createPluginHost({
      limits: { wallMs: MOST_CALL_MS, ...limits },
      grants: ['log', 'config', ...grants.map(formatCapability)],
      env: process.env,
      sandbox: { folder },
      supervise: true,
      ...trust,
    });
    this.#host.on('log', ({ level, message }) => onLog(level, message));
  }

  /** The version that runs; empty before `start`. */
  get version(): string {
    return this.#plugin?.version ?? '';
  }

  /** True while a new version is on trial. */
  get isConfirming(): boolean {
    return this.#host.isConfirming(this.#options.id);
  }

  /** Fetches, verifies and starts a version. @throws {PluginError} it is not there, not trusted, or does not start */
  async start(version: string): Promise<void> {
    await this.#package(version);
    this.#plugin = await this.#host.load(this.#options.id, { version });
  }

  /** Returns true if a version has a state. @throws {PluginError} as `start` */
  async hasState(version: string): Promise<boolean> {
    return (await this.#package(version)).manifest.state !== undefined;
  }

  /**
   * Goes to another version, with the state, and waits until it is confirmed. If `signal` is aborted before, the version before
   * it comes back.
   * @param how.isBack true if the version is known: it is not on trial, and begins afresh if it cannot take the state
   * @throws the reason for which the version before it runs
   */
  async change(version: string, { isBack, signal }: { isBack: boolean; signal: AbortSignal }): Promise<void> {
    const { id, confirm } = this.#options;
    const host = this.#host;
    await this.#package(version);
    let end: (failure?: { reason: unknown }) => void = () => undefined;
    const ended = new Promise<{ reason: unknown } | undefined>((resolve) => (end = resolve));
    const off = host.on('reload', (event) => {
      if (event.plugin !== id) return;
      if (event.kind === 'confirmed') end();
      if (event.kind === 'rolled-back') end(event);
    });
    const goBack = (): void =>
      void host.rollBack(id, new Error('this host ends')).catch((reason: unknown) => end({ reason }));
    try {
      const how = isBack ? { policy: 'last-good' as const } : { confirm };
      await host.reload(id, version, { by: 'rollout', ...how });
      if (isBack) return host.confirm(id);
      if (signal.aborted) goBack();
      else signal.addEventListener('abort', goBack, { once: true });
      const failure = await ended;
      if (failure !== undefined) throw failure.reason;
    } finally {
      off();
      signal.removeEventListener('abort', goBack);
    }
  }

  /** Returns what the running version offers to callers. Each call goes to the version that runs then. */
  async served(): Promise<ServedPlugin> {
    const { id, callMember } = this.#options;
    const plugin = this.#plugin as ManagedPlugin;
    const { version } = plugin;
    const { manifest, files } = await this.#package(version);
    const { entry } = resolveEntry(manifest, { platform: undefined, carriers: ['wasm'] });
    const { types } = interfaceTypes(validateComponent(decodeComponent(await files.read(entry))));
    return {
      id,
      version,
      types: typesForCallers(types),
      run: (target, args, { deadlineMs }) => {
        this.#isSaved = false;
        plugin.instance?.limitCalls?.({ wallMs: Math.max(1, Math.min(deadlineMs, MOST_CALL_MS)) });
        return callMember(plugin.exports, target, args);
      },
    };
  }

  /** Restores a saved state. @throws the error of the plugin; {PluginError} WP_STATE it is no state */
  async restore(bytes: Uint8Array): Promise<void> {
    const { payload, schema, version } = decodeEnvelope(bytes, { plugin: this.#options.id });
    const state = this.#plugin?.exports['state'] as
      { restore(payload: Uint8Array, schema: number, version: string): unknown } | undefined;
    await state?.restore(payload, schema, version);
  }

  /** Saves the state if there were calls since the last save. Returns true if it was saved. @throws {PluginError} why it was not */
  async save(owned: OwnedState): Promise<boolean> {
    if (this.#isSaved) return false;
    this.#isSaved = true;
    try {
      const saved = await this.#host.save(this.#options.id);
      if (saved !== undefined) await owned.save(encodeEnvelope(saved));
      return saved !== undefined;
    } catch (error) {
      this.#isSaved = false;
      throw error;
    }
  }

  close(): Promise<void> {
    return this.#host.close();
  }

  /** Returns a version, fetched and verified. */
  async #package(version: string): Promise<PluginPackage> {
    const { id, packages } = this.#options;
    const find = (): PluginPackage | undefined =>
      this.#host.packages({ id }).find(({ manifest }) => manifest.version === version);
    let found = find();
    if (found !== undefined) return found;
    await this.#host.add(await packages.get(id, version));
    found = find();
    if (found !== undefined) return found;
    throw new PluginError('WP_PACKAGE', `Cannot use "${id}@${version}": the package is of something else`);
  }
}
