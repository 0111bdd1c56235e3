import { layoutOf, type FlatType } from '../../component/index.js';
import { mismatch } from '../values/index.js';
import { badValue } from '../traps.js';
import { casesOf, type ValueType, type VariantCase } from '../types.js';
import { emitNarrow, emitOffset, emitWiden } from './emit-flat.js';
import { place } from './emit-scalar.js';
import type { Emitter } from './emitter.js';

type Variant = Extract<ValueType, { kind: 'variant' | 'enum' | 'option' | 'result' }>;

const DISCRIMINANTS = { 1: 'u8', 2: 'u16', 4: 'u32' } as const;

/** Emits one branch a case; `body` gets the index, the payload's type and its expression. */
function emitCases(
  e: Emitter,
  type: Variant,
  v: string,
  body: (index: number, payload: ValueType | undefined, value: string) => void,
): void {
  const cases = casesOf(type) as VariantCase[];
  if (type.kind === 'option') {
    e.line(`if (${v} === undefined || ${v} === null) {`);
    body(0, undefined, '');
    e.line('} else {');
    if (type.some.kind === 'option') {
      e.line(`if (${v}.tag === 'none') {`);
      body(0, undefined, '');
      e.line(`} else if (${v}.tag === 'some') {`);
      body(1, type.some, e.bind(`${v}.val`));
      e.line(`} else throw ${e.constant(mismatch)}();`);
    } else {
      body(1, type.some, v);
    }
    e.line('}');
    return;
  }
  const indices = new Map(cases.map((each, index) => [each.name, index]));
  if (type.kind !== 'enum')
    e.line(`if (typeof ${v} !== 'object' || ${v} === null) throw ${e.constant(mismatch)}();`);
  const index = e.bind(`${e.constant(indices)}.get(${type.kind === 'enum' ? v : `${v}.tag`})`);
  e.line(`switch (${index}) {`);
  if (type.kind === 'enum') {
    e.line(`case undefined: throw ${e.constant(mismatch)}();`);
  } else {
    cases.forEach((each, at) => {
      e.line(`case ${at}: {`);
      body(at, each.type, each.type === undefined ? '' : e.bind(`${v}.val`));
      e.line('break; }');
    });
    e.line(`default: throw ${e.constant(mismatch)}();`);
  }
  e.line('}');
  if (type.kind === 'enum') body(-1, undefined, index);
}

/** Emits the lowering of a variant-like value to its discriminant and the joined core values of its cases. */
export function lowerVariant(e: Emitter, type: Variant, v: string): string[] {
  const flat = layoutOf(type).flat as readonly FlatType[];
  const names = flat.map(() => e.fresh());
  e.line(`let ${names.map((name, index) => `${name} = ${flat[index] === 'i64' ? '0n' : '0'}`).join(', ')};`);
  emitCases(e, type, v, (index, payload, value) => {
    e.line(`${names[0]} = ${index < 0 ? value : index};`);
    if (payload === undefined) return;
    const have = layoutOf(payload).flat as readonly FlatType[];
    e.values.lower(e, payload, value).forEach((core, at) => {
      e.line(`${names[at + 1]} = ${emitWiden(e, core, have[at] as FlatType, flat[at + 1] as FlatType)};`);
    });
  });
  return names;
}

/** Emits the storing of a variant-like value. */
export function storeVariant(e: Emitter, type: Variant, v: string, pointer: string): void {
  const { discriminant, offsets } = layoutOf(type);
  const tag = place(DISCRIMINANTS[discriminant], pointer);
  emitCases(e, type, v, (index, payload, value) => {
    e.line(`${tag} = ${index < 0 ? value : index};`);
    if (payload !== undefined)
      e.values.store(e, payload, value, emitOffset(e, pointer, offsets[0] as number));
  });
}

/** Emits one branch a discriminant; `payloadOf` emits the payload's lifting. */
function emitSwitch(
  e: Emitter,
  type: Variant,
  discriminant: string,
  payloadOf: (payload: ValueType) => string,
): string {
  const cases = casesOf(type) as VariantCase[];
  const result = e.fresh();
  const invalid = e.constant(invalidDiscriminant);
  if (type.kind === 'enum') {
    e.line(`const ${result} = ${e.constant(type.names)}[${discriminant}];`);
    e.line(`if (${result} === undefined) throw ${invalid}(${discriminant});`);
    return result;
  }
  e.line(`let ${result};`);
  e.line(`switch (${discriminant}) {`);
  cases.forEach((each, index) => {
    e.line(`case ${index}: {`);
    const payload = each.type === undefined ? undefined : payloadOf(each.type);
    const value = caseValue(e, type, each, payload);
    if (value !== undefined) e.line(`${result} = ${value};`);
    e.line('break; }');
  });
  e.line(`default: throw ${invalid}(${discriminant});`);
  e.line('}');
  return result;
}

function caseValue(
  e: Emitter,
  type: Variant,
  each: VariantCase,
  payload: string | undefined,
): string | undefined {
  if (type.kind === 'option' && type.some.kind !== 'option') return payload;
  const tag = e.constant(each.name);
  if (payload === undefined)
    return type.kind === 'result' ? `{ tag: ${tag}, val: undefined }` : `{ tag: ${tag} }`;
  return `{ tag: ${tag}, val: ${payload} }`;
}

/** Emits the lifting of a variant-like value from its discriminant and joined core values. */
export function liftVariant(e: Emitter, type: Variant, flats: readonly string[]): string {
  const flat = layoutOf(type).flat as readonly FlatType[];
  return emitSwitch(e, type, e.bind(`${flats[0]} >>> 0`), (payload) => {
    const want = layoutOf(payload).flat as readonly FlatType[];
    const narrowed = want.map((each, at) =>
      e.bind(emitNarrow(e, flats[at + 1] as string, flat[at + 1] as FlatType, each)),
    );
    return e.values.lift(e, payload, narrowed);
  });
}

/** Emits the loading of a variant-like value. */
export function loadVariant(e: Emitter, type: Variant, pointer: string): string {
  const { discriminant, offsets } = layoutOf(type);
  const tag = e.bind(place(DISCRIMINANTS[discriminant], pointer));
  return emitSwitch(e, type, tag, (payload) =>
    e.values.load(e, payload, emitOffset(e, pointer, offsets[0] as number)),
  );
}

/** The trap of a discriminant that names no case. */
export function invalidDiscriminant(index: number): Error {
  return badValue(`invalid variant discriminant ${index}`);
}
