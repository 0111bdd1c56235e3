import type { Address, Ffi } from './ffi.js';
import { PARAMETER_FLAGS, STRUCTS } from './native-abi.js';
import { StructView, type Struct } from './struct.js';

/** Ports, parameters and choices beyond these numbers are refused: a count that lies would be read for long. */
const MOST = { ports: 256, parameters: 10_000, choices: 10_000 };

/** Reads the struct that `describe` returned, as the WIT record `descriptor`. */
export function readDescriptor(ffi: Ffi, address: Address): object {
  const descriptor = new StructView(STRUCTS.descriptor, ffi.view(address, STRUCTS.descriptor.size));
  const text = (at: Address): string => (at === 0 ? '' : ffi.text(at));
  const ports = each(ffi, STRUCTS.port, {
    address: descriptor.get('ports'),
    count: bounded('ports', descriptor.get('port_count')),
  }).map((port) => ({
    name: text(port.get('name')),
    direction: port.get('direction') === 0 ? 'input' : 'output',
    channels: port.get('channels'),
  }));
  const parameters = each(ffi, STRUCTS.parameter, {
    address: descriptor.get('parameters'),
    count: bounded('parameters', descriptor.get('parameter_count')),
  }).map((parameter) => ({
    id: parameter.get('id'),
    name: text(parameter.get('name')),
    unit: text(parameter.get('unit')),
    min: parameter.get('min'),
    max: parameter.get('max'),
    default: parameter.get('default_value'),
    choices: choicesOf(ffi, parameter),
    flags: Object.fromEntries(
      PARAMETER_FLAGS.map((name, bit) => [name, ((parameter.get('flags') >> bit) & 1) === 1]),
    ),
  }));
  return {
    name: text(descriptor.get('name')),
    ports,
    parameters,
    latencyFrames: descriptor.get('latency_frames'),
  };
}

function choicesOf(ffi: Ffi, parameter: StructView<'choices' | 'choice_count'>): string[] {
  const count = bounded('choices', parameter.get('choice_count'));
  if (count === 0) return [];
  const words = new DataView(ffi.view(parameter.get('choices'), count * 8));
  return Array.from({ length: count }, (_, index) => ffi.text(Number(words.getBigUint64(index * 8, true))));
}

function each<Name extends string>(
  ffi: Ffi,
  struct: Struct<Name>,
  { address, count }: { address: Address; count: number },
): StructView<Name>[] {
  if (count === 0) return [];
  const memory = ffi.view(address, count * struct.size);
  return Array.from({ length: count }, (_, index) => new StructView(struct, memory, index * struct.size));
}

function bounded(what: keyof typeof MOST, count: number): number {
  if (count <= MOST[what]) return count;
  throw new Error(`it describes ${count} ${what}; at most ${MOST[what]} are read`);
}
