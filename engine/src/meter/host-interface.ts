import {
  functionTypeAt,
  type CoreModule,
  type Export,
  type ExportKind,
  type ModuleIndex,
} from '../module/index.js';
import {
  appendArmed,
  appendControls,
  type Appendix,
  type GrowthBudget,
  type HookPlace,
} from './append/index.js';
import { appendFrameControls, pushNoFrames, type Frames } from './frames/index.js';
import { privatePrefix, type PrivateNames } from './private-names.js';

/** A module with more exports gets no armed entries: V8 takes 100,000 exports in all. */
const MAX_ARMED_EXPORTS = 49_000;

/** The exports of a metered module, and the names of those that are the host's. */
export interface HostInterface {
  readonly exports: readonly Export[];
  readonly names: PrivateNames;
}

/** The parts of a module that the host's interface is made of. */
export interface HostInterfaceParts {
  readonly index: ModuleIndex;
  readonly appendix: Appendix;
  readonly budget: GrowthBudget;
  readonly place: HookPlace;
  readonly frames: Frames | undefined;
}

/** Appends the functions that the host drives a metered module with, and exports them under names the guest does not use. */
export function appendHostInterface(
  module: CoreModule,
  { index, appendix, budget, place, frames }: HostInterfaceParts,
): HostInterface {
  const resetFrames = frames && ((body: Parameters<typeof pushNoFrames>[0]) => pushNoFrames(body, frames));
  const callParts = { appendix, globals: place.globals, resetFrames };
  const controls = appendControls(callParts);
  const frameControls = frames && appendFrameControls(appendix, frames);
  const prefix = privatePrefix(module);
  const exports: Export[] = [...module.exports];
  const entries = new Map<number, number>();
  const entryOf = (target: number) => {
    let entry = entries.get(target);
    if (entry === undefined) {
      const type = index.functionTypes[target] as number;
      const params = functionTypeAt(index, type)?.params.length ?? 0;
      entry = appendArmed(callParts, { index: target, type, params });
      entries.set(target, entry);
    }
    return entry;
  };
  const exported = <Name extends string>(name: Name, kind: ExportKind, target: number): string => {
    exports.push({ name: prefix + name, kind, index: target });
    return prefix + name;
  };
  const armed = new Map<string, string>();
  if (module.exports.length <= MAX_ARMED_EXPORTS) {
    for (const { name, kind, index: target } of module.exports) {
      if (kind !== 'func') continue;
      budget.book(`${prefix}call:${name}`.length);
      armed.set(name, exported(`call:${name}`, 'func', entryOf(target)));
    }
  }
  const names = Object.fromEntries(
    Object.entries(controls).map(([name, target]) => [name, exported(name, 'func', target)]),
  ) as Record<keyof typeof controls, string>;
  return {
    exports,
    names: {
      ...names,
      frames: frameControls && {
        limit: exported('stackLimit', 'func', frameControls.stackLimit),
        peak: exported('stackPeak', 'func', frameControls.stackPeak),
      },
      hook: exported('hook', 'table', place.hookTable),
      start: module.start === undefined ? undefined : exported('start', 'func', entryOf(module.start)),
      armed,
    },
  };
}
