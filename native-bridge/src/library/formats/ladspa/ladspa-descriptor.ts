import type { Address, Ffi, OpenLibrary } from '../../ffi.js';
import { StructView } from '../../struct.js';
import { HINT, HINT_BYTES, LADSPA_DESCRIPTOR, LADSPA_FUNCTIONS, LADSPA_SYMBOL, PORT } from './ladspa-abi.js';

type Functions = Record<keyof typeof LADSPA_FUNCTIONS, ((...words: number[]) => number) | undefined>;

/** A port of a plugin. */
export interface LadspaPort {
  index: number;
  name: string;
  isInput: boolean;
  isAudio: boolean;
  /** Bits of `HINT`. */
  hints: number;
  lower: number;
  upper: number;
}

/** A plugin in a LADSPA library. */
export interface LadspaDescriptor {
  address: Address;
  label: string;
  name: string;
  ports: readonly LadspaPort[];
  functions: Functions;
}

/** More than any library has: a count that lies would be read for long. */
const MOST = { plugins: 10_000, ports: 10_000 };

/** Reads every descriptor of a library. */
export function readLadspa(ffi: Ffi, library: OpenLibrary): LadspaDescriptor[] {
  const descriptorAt = ffi.bind(library.symbol(LADSPA_SYMBOL), { result: 'pointer', pointers: 1 });
  const found: LadspaDescriptor[] = [];
  for (let index = 0; index < MOST.plugins; index++) {
    const address = descriptorAt(index);
    if (address === 0) break;
    found.push(readOne(ffi, address));
  }
  return found;
}

function readOne(ffi: Ffi, address: Address): LadspaDescriptor {
  const view = new StructView(LADSPA_DESCRIPTOR, ffi.view(address, LADSPA_DESCRIPTOR.size));
  const count = view.get('PortCount');
  if (count > MOST.ports) throw new Error(`it describes ${count} ports; at most ${MOST.ports} are read`);
  const functions = Object.fromEntries(
    Object.entries(LADSPA_FUNCTIONS).map(([name, signature]) => {
      const at = view.get(name as keyof Functions);
      return [name, at === 0 ? undefined : ffi.bind(at, signature)];
    }),
  ) as Functions;
  return {
    address,
    label: ffi.text(view.get('Label')),
    name: ffi.text(view.get('Name')),
    ports: count === 0 ? [] : readPorts(ffi, view, count),
    functions,
  };
}

function readPorts(
  ffi: Ffi,
  view: StructView<'PortDescriptors' | 'PortNames' | 'PortRangeHints'>,
  count: number,
): LadspaPort[] {
  const kinds = new Int32Array(ffi.view(view.get('PortDescriptors'), count * 4));
  const names = new DataView(ffi.view(view.get('PortNames'), count * 8));
  const hints = new DataView(ffi.view(view.get('PortRangeHints'), count * HINT_BYTES));
  return Array.from({ length: count }, (_, index) => {
    const kind = kinds[index] as number;
    return {
      index,
      name: ffi.text(Number(names.getBigUint64(index * 8, true))),
      isInput: (kind & PORT.input) !== 0,
      isAudio: (kind & PORT.audio) !== 0,
      hints: hints.getInt32(index * HINT_BYTES, true),
      lower: hints.getFloat32(index * HINT_BYTES + 4, true),
      upper: hints.getFloat32(index * HINT_BYTES + 8, true),
    };
  });
}

const LARGEST = 3.402_823_466_385_288_6e38;

/** The range and the default of a control at a sample rate. */
export function rangeOf(
  { hints, lower, upper }: LadspaPort,
  sampleRateHz: number,
): { min: number; max: number; byDefault: number } {
  const scale = (hints & HINT.sampleRate) === 0 ? 1 : sampleRateHz;
  if ((hints & HINT.toggled) !== 0) return { min: 0, max: 1, byDefault: defaultOf(hints, 0, 1) };
  const min = (hints & HINT.below) === 0 ? -LARGEST : lower * scale;
  const max = (hints & HINT.above) === 0 ? LARGEST : upper * scale;
  const wanted = defaultOf(hints, min, max);
  return { min, max, byDefault: Math.min(max, Math.max(min, wanted)) };
}

function defaultOf(hints: number, min: number, max: number): number {
  const between = (share: number): number => {
    const value =
      (hints & HINT.logarithmic) !== 0 && min > 0 && max > 0
        ? Math.exp(Math.log(min) * (1 - share) + Math.log(max) * share)
        : min * (1 - share) + max * share;
    return (hints & HINT.integer) === 0 ? value : Math.round(value);
  };
  switch (hints & HINT.defaultMask) {
    case 0x40:
      return min;
    case 0x80:
      return between(0.25);
    case 0xc0:
      return between(0.5);
    case 0x100:
      return between(0.75);
    case 0x140:
      return max;
    case 0x240:
      return 1;
    case 0x280:
      return 100;
    case 0x2c0:
      return 440;
    default:
      return 0;
  }
}
