import { Arena } from '../../arena.js';
import type { Address, Callback, Ffi } from '../../ffi.js';
import {
  BOOL3,
  CLAP,
  NAME_BYTES,
  PARAM_EVENT,
  PARAM_FLAG,
  PARAM_INFO,
  PARAM_VALUE,
  U32_1,
} from './clap-abi.js';
import type { Control } from '../format-plugin.js';
import { structAt } from './clap-library.js';

const MOST = 10_000;
const decoder = new TextDecoder();

/** Reads a text in an array of 256 bytes. */
export function nameIn(memory: ArrayBuffer, at: number): string {
  const bytes = new Uint8Array(memory, at, NAME_BYTES);
  const end = bytes.indexOf(0);
  return decoder.decode(bytes.slice(0, end === -1 ? NAME_BYTES : end));
}

/** The extension `clap.params` of one plugin: reads its parameters, and sets them by events between two blocks. */
export class ClapParameters {
  readonly all: ReadonlyMap<number, Control>;
  readonly #arena: Arena;
  readonly #callbacks: Callback[];
  readonly #plugin: Address;
  readonly #value: { address: Address; view: DataView };
  readonly #event: DataView;
  readonly #lists: { one: Address; none: Address };
  readonly #getValue: (...words: number[]) => number;
  readonly #flush: (...words: number[]) => number;

  /**
   * @param at the extension
   * @param out events that the plugin sends
   */
  constructor(ffi: Ffi, { plugin, at, out }: { plugin: Address; at: Address; out: Address }) {
    this.#arena = new Arena(ffi);
    this.#plugin = plugin;
    const params = structAt(ffi, CLAP.params, at);
    this.#getValue = ffi.bind(params.get('get_value'), BOOL3);
    this.#flush = ffi.bind(params.get('flush'), { result: 'void', pointers: 3 });
    const value = this.#arena.block(8);
    this.#value = { address: value.address, view: new DataView(value.bytes) };
    const event = this.#arena.block(PARAM_EVENT.bytes);
    this.#event = new DataView(event.bytes);
    this.#event.setUint32(0, PARAM_EVENT.bytes, true);
    this.#event.setUint16(PARAM_EVENT.type, PARAM_VALUE, true);
    this.#event.setInt32(PARAM_EVENT.noteId, -1, true);
    for (const field of ['port', 'channel', 'key'] as const)
      this.#event.setInt16(PARAM_EVENT[field], -1, true);
    const size = ffi.callback(() => 1, { result: 'pointer', params: ['pointer'] });
    const get = ffi.callback(() => event.address, { result: 'pointer', params: ['pointer', 'u32'] });
    this.#callbacks = [size, get];
    const { address: one } = this.#arena.struct(CLAP.inEvents, { size: size.address, get: get.address });
    this.#lists = { one, none: out };
    const count = ffi.bind(params.get('count'), U32_1)(plugin);
    if (count > MOST) throw new Error(`it describes ${count} parameters; at most ${MOST} are read`);
    const info = this.#arena.block(PARAM_INFO.bytes);
    const getInfo = ffi.bind(params.get('get_info'), BOOL3);
    const all = new Map<number, Control>();
    for (let index = 0; index < count; index++) {
      if (!getInfo(plugin, index, info.address)) continue;
      const parameter = readInfo(info.bytes);
      all.set(parameter.id, parameter);
    }
    this.all = all;
  }

  get(id: number): number | undefined {
    return this.#getValue(this.#plugin, id, this.#value.address)
      ? this.#value.view.getFloat64(0, true)
      : undefined;
  }

  set(id: number, value: number): void {
    this.#event.setUint32(PARAM_EVENT.paramId, id, true);
    this.#event.setFloat64(PARAM_EVENT.value, value, true);
    this.#flush(this.#plugin, this.#lists.one, this.#lists.none);
  }

  free(): void {
    for (const callback of this.#callbacks) callback.release();
    this.#arena.free();
  }
}

function readInfo(memory: ArrayBuffer): Control {
  const view = new DataView(memory);
  const flags = view.getUint32(PARAM_INFO.flags, true);
  return {
    id: view.getUint32(PARAM_INFO.id, true),
    name: nameIn(memory, PARAM_INFO.name),
    min: view.getFloat64(PARAM_INFO.min, true),
    max: view.getFloat64(PARAM_INFO.max, true),
    byDefault: view.getFloat64(PARAM_INFO.byDefault, true),
    logarithmic: false,
    stepped: (flags & PARAM_FLAG.stepped) !== 0,
    readOnly: (flags & PARAM_FLAG.readOnly) !== 0,
    automatable: (flags & PARAM_FLAG.automatable) !== 0,
  };
}
