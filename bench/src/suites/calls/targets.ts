import { createEngine } from '@wasm-plugin/engine';
import { instantiateWithJco } from '../jco.js';
import { readGuest } from '../guests.js';
import { bindTypes } from './hand/index.js';
import { HOST, HOST_NAME, OPS_NAME, type Ops } from './ops.js';
import { instantiateTypesCore, type TypesCore } from './types-core.js';

/** The guest `types` behind everything that is compared. Each has an instance of its own. */
export interface Targets {
  ours: Ops;
  composed: Ops;
  hand: Ops;
  jco: Ops;
  core: TypesCore;
}

/** Loads the guest `types` in every way. */
export async function loadTargets(): Promise<Targets> {
  const bytes = readGuest('plugins-rust/build/types.wasm');
  const imports = { [HOST_NAME]: HOST };
  const throughEngine = async (backend: 'generated' | 'composed'): Promise<Ops> => {
    const plugin = await createEngine({ imports, backend }).load(bytes);
    return plugin.instantiate().exports[OPS_NAME] as Ops;
  };
  return {
    ours: await throughEngine('generated'),
    composed: await throughEngine('composed'),
    hand: bindTypes(bytes),
    jco: (await instantiateWithJco(bytes, imports))['ops'] as Ops,
    core: instantiateTypesCore(bytes, {
      hostAdd: HOST.hostAdd,
      resourceNew: (rep) => rep,
      resourceRep: (handle) => handle,
      resourceDrop: () => undefined,
    }),
  };
}
