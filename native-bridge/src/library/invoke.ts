import { CALLS, type CallEntry } from './call-table.js';
import type { AnyPlugin } from './any-plugin.js';
import type { Setup } from './laned-plugin.js';

type Invoke = (plugin: AnyPlugin, args: readonly never[]) => unknown;

/** The function of a plugin behind each function of the ABI. */
const BY_NAME: Readonly<Record<string, Invoke>> = {
  'lifecycle/init': (plugin, [settings]) => plugin.init(settings as never),
  'lifecycle/health': (plugin) => plugin.health(),
  'lifecycle/configure': (plugin, [settings]) => plugin.configure(settings as never),
  'state/schema': (plugin) => plugin.schema(),
  'state/serialize': (plugin) => plugin.serialize(),
  'state/restore': (plugin, [state, schema, version]) =>
    plugin.restore(state as never, schema as never, version as never),
  'processor/describe': (plugin) => plugin.describe(),
  'processor/prepare': (plugin, [setup]) => plugin.prepare(setup as unknown as Setup),
  'processor/set-parameter': (plugin, [id, value]) => plugin.setParameter(id as never, value as never),
  'processor/get-parameter': (plugin, [id]) => plugin.getParameter(id as never),
  'processor/reset': (plugin) => plugin.reset(),
  'processor/process': (plugin, [inputs]) => plugin.process(inputs as never),
};

const BY_INDEX = CALLS.map(({ interface: group, name }) => BY_NAME[`${group}/${name}`] as Invoke);

/** Calls a function of the ABI. Returns its result as the value codec takes it. */
export function invoke(plugin: AnyPlugin, entry: CallEntry, args: readonly unknown[]): unknown {
  return (BY_INDEX[entry.index] as Invoke)(plugin, args as readonly never[]);
}
