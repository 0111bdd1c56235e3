import { HOST, type Ops } from '../ops.js';
import { instantiateTypesCore } from '../types-core.js';
import { bindAdd } from './add.js';
import { bindCounter, CounterHandles } from './counter.js';
import { bindEcho } from './echo.js';
import { bindHostAdd } from './host-add.js';
import { bindItems } from './items.js';
import { Memory } from './memory.js';
import { bindProcess } from './process.js';
import { bindRecord8 } from './record8.js';

/**
 * Binds the guest `types` by hand, as a good engineer would for a core module that is known, trusted and the only one. No
 * checks of arguments, of pointers, or of the instance's state.
 */
export function bindTypes(component: Uint8Array): Ops {
  const handles = new CounterHandles();
  const core = instantiateTypesCore(component, { hostAdd: bindHostAdd(HOST.hostAdd), ...handles.imports });
  const memory = new Memory(core.memory);
  return {
    add: bindAdd(core),
    echo: bindEcho(core, memory),
    process: bindProcess(core, memory),
    record8: bindRecord8(core, memory),
    items: bindItems(core, memory),
    callHost: (times) => core.callHost(times) >>> 0,
    Counter: bindCounter(core, handles),
  };
}
