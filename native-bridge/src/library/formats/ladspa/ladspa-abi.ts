import type { Signature } from '../../ffi.js';
import { structOf } from '../../struct.js';

/** The symbol that a LADSPA library exports: from an index to a descriptor, or NULL behind the last. */
export const LADSPA_SYMBOL = 'ladspa_descriptor';

/** `LADSPA_Descriptor` of `ladspa.h` 1.1; a test compares it with a C compiler's layout. */
export const LADSPA_DESCRIPTOR = structOf({
  UniqueID: 'u64',
  Label: 'pointer',
  Properties: 'u32',
  Name: 'pointer',
  Maker: 'pointer',
  Copyright: 'pointer',
  PortCount: 'u64',
  PortDescriptors: 'pointer',
  PortNames: 'pointer',
  PortRangeHints: 'pointer',
  ImplementationData: 'pointer',
  instantiate: 'pointer',
  connect_port: 'pointer',
  activate: 'pointer',
  run: 'pointer',
  run_adding: 'pointer',
  set_run_adding_gain: 'pointer',
  deactivate: 'pointer',
  cleanup: 'pointer',
});

/** Bytes of a `LADSPA_PortRangeHint`: an integer and two `float`. */
export const HINT_BYTES = 12;

/** Bits of `LADSPA_PortDescriptor`. */
export const PORT = { input: 1, output: 2, control: 4, audio: 8 } as const;

/** Bits of `LADSPA_PortRangeHintDescriptor`; the default is a number in the masked bits. */
export const HINT = {
  below: 1,
  above: 2,
  toggled: 4,
  sampleRate: 8,
  logarithmic: 16,
  integer: 32,
  defaultMask: 0x3c0,
} as const;

/** The functions of a descriptor that a host calls; `activate` and `deactivate` may be absent. */
export const LADSPA_FUNCTIONS = {
  instantiate: { result: 'pointer', pointers: 2 },
  connect_port: { result: 'void', pointers: 3 },
  activate: { result: 'void', pointers: 1 },
  run: { result: 'void', pointers: 2 },
  deactivate: { result: 'void', pointers: 1 },
  cleanup: { result: 'void', pointers: 1 },
} as const satisfies Record<string, Signature>;
