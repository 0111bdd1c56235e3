import type { PluginFactory, RemoteHost, ServedPlugin } from '@wasm-plugin/native-bridge';
import type { OwnedState } from '@wasm-plugin/native-bridge/nats';
import { decodeEnvelope, encodeEnvelope } from '@wasm-plugin/engine/reload';
import { typesForCallers } from './interface-types.js';

/** Interval of saves while calls change the state, in milliseconds. */
const SAVE_MS = 1000;

/** A plugin whose one instance is shared by those who call it: this process is its host. */
export interface SharedPlugin {
  readonly factory: PluginFactory;
  /** Saves unsaved states. */
  save(): Promise<void>;
}

interface SharingOptions {
  /** The state that this process owns. @default the plugin has none */
  owned?: OwnedState | undefined;
  /** The reason why a state was not saved. */
  onUnsaved(reason: string): void;
  onSaved(): void;
}

/** Makes a plugin's host: it initializes each instance, gives it the state that was saved last, and saves it after calls. */
export function shareInstance(
  inner: PluginFactory,
  { owned, onUnsaved, onSaved }: SharingOptions,
): SharedPlugin {
  let present: ServedPlugin | undefined;
  let isDirty = false;
  let timer: ReturnType<typeof setTimeout> | undefined;
  const save = async (): Promise<void> => {
    clearTimeout(timer);
    timer = undefined;
    if (!isDirty || owned === undefined || present === undefined) return;
    isDirty = false;
    try {
      const { id: plugin, version } = present;
      const schema = (await call(present, ['state', 'schema'])) as number;
      const payload = (await call(present, ['state', 'serialize'])) as Uint8Array;
      await owned.save(
        encodeEnvelope({ plugin, version, schema, abi: '0.1.0', savedAt: Date.now(), payload }),
      );
      onSaved();
    } catch (error) {
      isDirty = true;
      onUnsaved(error instanceof Error ? error.message : String(error));
    }
  };
  return {
    save,
    factory(host: Promise<RemoteHost>) {
      const served = inner(host);
      present = served;
      const ready = begin(served, owned);
      ready.catch(() => undefined);
      return {
        ...served,
        types: typesForCallers(served.types),
        async run(target, args, how) {
          await ready;
          try {
            return await served.run?.(target, args, how);
          } finally {
            isDirty = true;
            if (owned !== undefined) timer ??= setTimeout(() => void save(), SAVE_MS);
          }
        },
      };
    },
  };
}

async function begin(served: ServedPlugin, owned: OwnedState | undefined): Promise<void> {
  if (offers(served, 'lifecycle')) await call(served, ['lifecycle', 'init'], [[]]);
  if (owned?.state === undefined) return;
  const { payload, schema, version } = decodeEnvelope(owned.state, { plugin: served.id });
  await call(served, ['state', 'restore'], [payload, schema, version]);
}

function offers({ types }: ServedPlugin, short: string): string | undefined {
  return Object.keys(types).find((name) => name.replace(/@.*$/, '') === `wasm-plugin:abi/${short}`);
}

async function call(
  served: ServedPlugin,
  [short, name]: readonly [string, string],
  args: readonly unknown[] = [],
): Promise<unknown> {
  const group = offers(served, short) ?? '';
  const { signal } = new AbortController();
  return await served.run?.({ interface: group, name }, args, { signal, deadlineMs: Infinity });
}
