import { LIMITS, PluginError, type Carrier, type CarrierInstance, type LimitName } from '@wasm-plugin/abi';
import { decodeComponent, validateComponent } from '../component/index.js';
import { createEngine, type IsolatedEngine } from '../engine/index.node.js';
import type { EngineOptions } from '../engine/index.js';
import type { HostImports } from '../link/index.js';

/**
 * Runs components, each instance in a thread of its own. Holds every limit, and ends the thread of an instance that passes a
 * deadline. Host imports run on the thread of the host, one at a time for each instance, under the same grants.
 *
 * Resources do not cross to another thread: a component that imports any is refused when it is loaded, by their names.
 * @param options those of the host's own engine
 */
export function isolatedWasm(options: EngineOptions = {}): Carrier {
  const { imports: shared = {}, backend, limits, world } = options;
  const engines = new Set<IsolatedEngine>();
  const base = createEngine({ isolation: 'worker', ...(limits !== undefined && { limits }) });
  const engineFor = (imports: HostImports): IsolatedEngine => {
    const engine = createEngine({
      isolation: 'worker',
      imports,
      ...(backend !== undefined && { backend }),
      ...(limits !== undefined && { limits }),
      ...(world instanceof Uint8Array && { world }),
    });
    engines.add(engine);
    return engine;
  };
  return {
    kind: 'wasm',
    calls: 'async',
    enforces: new Set(Object.keys(LIMITS) as LimitName[]),
    limits: base.limits,
    async load({ id, entry, files }, { limits: own }) {
      if (world !== undefined && !(world instanceof Uint8Array))
        throw refusal(
          id,
          'a world that was decoded does not cross to it; give the engine the bytes of the world',
        );
      const bytes = await files.read(entry);
      const wanted = crossingImports(bytes, id);
      const started = new Set<IsolatedEngine>();
      const end = (engine: IsolatedEngine): void => {
        engine.close();
        started.delete(engine);
        engines.delete(engine);
      };
      return {
        size: bytes.length,
        async instantiate({ imports, limits: lower, onEnd }): Promise<CarrierInstance> {
          const engine = engineFor(chosen({ ...shared, ...imports }, wanted));
          started.add(engine);
          try {
            const plugin = await engine.load(bytes, { name: id, limits: own });
            const onEnded = (): void => {
              started.delete(engine);
              engines.delete(engine);
              onEnd?.();
            };
            return await plugin.instantiate({
              onEnd: onEnded,
              ...(lower !== undefined && { limits: lower }),
            });
          } catch (error) {
            end(engine);
            throw error;
          }
        },
        close: () => [...started].forEach(end),
      };
    },
    close() {
      base.close();
      for (const engine of engines) engine.close();
      engines.clear();
    },
  };
}

/**
 * Returns the names of a component's imports, without versions.
 * @throws {PluginError} WP_CARRIER where it imports resources
 */
function crossingImports(bytes: Uint8Array, plugin: string): ReadonlySet<string> {
  const { imports } = validateComponent(decodeComponent(bytes));
  const resources = [...imports].flatMap(([name, item]) =>
    item.kind === 'instance'
      ? [...item.type.exports].flatMap(([inner, { kind, type }]) =>
          kind === 'type' && type.kind === 'resource' ? [`"${name}#${inner}"`] : [],
        )
      : item.kind === 'type' && item.type.kind === 'resource'
        ? [`"${name}"`]
        : [],
  );
  if (resources.length > 0) {
    const shown = resources.slice(0, MOST_SHOWN).join(', ');
    const more = resources.length > MOST_SHOWN ? ` and ${resources.length - MOST_SHOWN} more` : '';
    throw refusal(plugin, `it imports resources, which do not cross to it: ${shown}${more}`);
  }
  return new Set([...imports.keys()].map(withoutVersion));
}

const MOST_SHOWN = 5;

/** Returns what a component asks for, so that nothing else is made or crosses. */
function chosen(imports: HostImports, wanted: ReadonlySet<string>): HostImports {
  const names = Object.keys(imports).filter(
    (name) => wanted.has(withoutVersion(name)) || !name.includes(':'),
  );
  return Object.fromEntries(names.map((name) => [name, imports[name]]));
}

function withoutVersion(name: string): string {
  const at = name.indexOf('@');
  return at < 0 ? name : name.slice(0, at);
}

function refusal(plugin: string, reason: string): PluginError {
  const message = `Cannot load "${plugin}" into a thread of its own: ${reason}`;
  return new PluginError('WP_CARRIER', message, { plugin, reason });
}
