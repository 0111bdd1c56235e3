import { printable } from '@wasm-plugin/abi';
import { passingOf, type LowerSpec } from './function.js';
import { layoutOf, type FlatType, type Layout } from '../component/index.js';
import { abiTrap, uncatchable } from './traps.js';
import type { ValueType } from './types.js';

/** Calls that a guest may make where it may make none, until it is stopped. */
const MOST_CALLS = 32;

/** Bytes of one text that are looked at. */
const MOST_BYTES = 4096;

/**
 * A guest called an import inside `realloc` or post-return, which ends the instance. Most that do are about to trap, and report
 * the reason: a panic writes its message. So nothing is called, each result is zero, and the message is kept for the error,
 * until they trap, return, or have made `MOST_CALLS` calls.
 */
export function refuseCall(spec: LowerSpec, flats: readonly unknown[]): number | bigint {
  const { instance } = spec.context;
  const words = instance.refused?.words ?? [];
  const calls = (instance.refused?.calls ?? 0) + 1;
  const said = wordsOf(spec, flats);
  if (said !== undefined) words.push(said);
  const first = instance.refused?.first ?? spec.name;
  const text = words.join('').trim();
  const error = abiTrap(
    `cannot leave component instance: it called an import inside realloc or post-return: "${first}"` +
      (text === '' ? '' : `; it was to say: ${printable(text)}`),
  );
  instance.refused = { first, calls, words, error };
  if (calls >= MOST_CALLS) throw uncatchable(error);
  return zeroResult(spec, flats);
}

function zeroResult({ type, context: { memory } }: LowerSpec, flats: readonly unknown[]): number | bigint {
  const { result, spilledResult } = passingOf(type);
  if (!spilledResult) return result?.flat?.[0] === 'i64' ? 0n : 0;
  memory.renew();
  const pointer = (flats.at(-1) as number) >>> 0;
  memory.u8.fill(0, pointer, pointer + (result as Layout).size);
  return 0;
}

function wordsOf(spec: LowerSpec, flats: readonly unknown[]): string | undefined {
  const { type, context } = spec;
  const { params, spilledParams, usesMemory } = passingOf(type);
  if (!usesMemory) return undefined;
  const { memory } = context;
  memory.renew();
  const texts: string[] = [];
  let position = 0;
  type.params.forEach((param, index) => {
    let pair = [flats[position], flats[position + 1]] as number[];
    if (spilledParams) {
      const at = (((flats[0] as number) >>> 0) + (params.offsets[index] as number)) >>> 2;
      pair = [memory.u32[at] ?? 0, memory.u32[at + 1] ?? 0];
    } else position += (layoutOf(param.type).flat as readonly FlatType[]).length;
    if (isText(param.type)) texts.push(textAt(spec, param.type, pair));
  });
  return texts.length === 0 ? undefined : texts.join(' ');
}

function isText(type: ValueType): boolean {
  return type.kind === 'string' || (type.kind === 'list' && type.element.kind === 'u8');
}

function textAt({ context }: LowerSpec, type: ValueType, [pointer = 0, length = 0]: number[]): string {
  const start = pointer >>> 0;
  const wide = type.kind === 'string' && (context.encoding === 'utf16' || length < 0);
  const size = (length & 0x7fff_ffff) * (wide ? 2 : 1);
  const bytes = context.memory.u8.subarray(start, start + Math.min(size, MOST_BYTES));
  return new TextDecoder(wide ? 'utf-16le' : 'utf-8').decode(bytes);
}
