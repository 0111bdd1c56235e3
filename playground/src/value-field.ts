import { camelCase, describeValue, type ResolvedValue } from '@wasm-plugin/engine/component';
import { element } from './dom.js';

/** A field of a form, and the value that it has. */
export interface ValueField {
  readonly node: HTMLElement;
  /** @throws {Error} the text is no value of the type */
  read(): unknown;
}

const BIG = new Set(['s64', 'u64']);

/** Makes a field for a value: numbers, texts, choices and records have controls, other types are written as JSON. */
export function valueField(name: string, type: ResolvedValue): ValueField {
  const title = `${name}: ${describeValue(type)}`;
  if (type.kind === 'primitive') return primitiveField(title, type.type);
  if (type.kind === 'enum') return choiceField(title, type.names);
  if (type.kind === 'flags') return flagsField(title, type.names);
  if (type.kind === 'record') {
    const fields = type.fields.map(
      (each) => [camelCase(each.name), valueField(each.name, each.type)] as const,
    );
    const node = element('fieldset', {}, [
      element('legend', { textContent: title }),
      ...fields.map(([, field]) => field.node),
    ]);
    return { node, read: () => Object.fromEntries(fields.map(([key, field]) => [key, field.read()])) };
  }
  return jsonField(title, type);
}

function labelled(title: string, control: HTMLElement): HTMLElement {
  return element('label', { className: 'field' }, [title, control]);
}

function primitiveField(title: string, type: string): ValueField {
  if (type === 'bool') {
    const input = element('input', { type: 'checkbox' });
    return { node: element('label', { className: 'check' }, [input, title]), read: () => input.checked };
  }
  if (type === 'string' || type === 'char') {
    const input = element('input', { value: type === 'char' ? 'a' : 'Ada' });
    return { node: labelled(title, input), read: () => input.value };
  }
  const input = element('input', { value: '1', inputMode: 'decimal' });
  return {
    node: labelled(title, input),
    read: () => (BIG.has(type) ? BigInt(input.value) : Number(input.value)),
  };
}

function choiceField(title: string, names: readonly string[]): ValueField {
  const select = element(
    'select',
    {},
    names.map((each) => element('option', { textContent: each })),
  );
  return { node: labelled(title, select), read: () => select.value };
}

function flagsField(title: string, names: readonly string[]): ValueField {
  const boxes = names.map((each) => [each, element('input', { type: 'checkbox' })] as const);
  const node = element('fieldset', {}, [
    element('legend', { textContent: title }),
    ...boxes.map(([each, box]) => element('label', { className: 'check' }, [box, each])),
  ]);
  return { node, read: () => Object.fromEntries(boxes.map(([each, box]) => [camelCase(each), box.checked])) };
}

function jsonField(title: string, type: ResolvedValue): ValueField {
  const text = element('textarea', {
    value: JSON.stringify(exampleOf(type)) ?? '',
    placeholder: 'JSON; empty for none',
  });
  return {
    node: labelled(title, text),
    read: () => (text.value.trim() === '' ? undefined : valueFrom(JSON.parse(text.value), type)),
  };
}

function exampleOf(type: ResolvedValue): unknown {
  switch (type.kind) {
    case 'primitive':
      return type.type === 'bool' ? false : type.type === 'string' || type.type === 'char' ? 'a' : 1;
    case 'list':
      return [exampleOf(type.element)];
    case 'tuple':
      return type.elements.map(exampleOf);
    case 'record':
      return Object.fromEntries(type.fields.map((each) => [camelCase(each.name), exampleOf(each.type)]));
    case 'variant': {
      const [first] = type.cases;
      return first?.type === undefined
        ? { tag: first?.name }
        : { tag: first.name, val: exampleOf(first.type) };
    }
    case 'enum':
      return type.names[0];
    case 'result':
      return { tag: 'ok', val: type.ok && exampleOf(type.ok) };
    default:
      return undefined;
  }
}

/** Turns JSON into the values of the engine: typed arrays for lists of numbers, `bigint` for 64 bits. */
function valueFrom(json: unknown, type: ResolvedValue): unknown {
  if (json === null || json === undefined) return undefined;
  if (type.kind === 'primitive') return BIG.has(type.type) ? BigInt(json as number) : json;
  if (type.kind === 'option') return valueFrom(json, type.some);
  if (type.kind === 'list') {
    const items = (json as unknown[]).map((each) => valueFrom(each, type.element));
    const Typed = type.element.kind === 'primitive' ? ARRAYS[type.element.type] : undefined;
    return Typed === undefined ? items : Typed.from(items as never);
  }
  if (type.kind === 'tuple')
    return type.elements.map((each, index) => valueFrom((json as unknown[])[index], each));
  if (type.kind === 'record') {
    const given = json as Record<string, unknown>;
    return Object.fromEntries(
      type.fields.map((each) => [camelCase(each.name), valueFrom(given[camelCase(each.name)], each.type)]),
    );
  }
  return json;
}

const ARRAYS: Readonly<Record<string, { from(items: never): unknown }>> = {
  u8: Uint8Array,
  s8: Int8Array,
  u16: Uint16Array,
  s16: Int16Array,
  u32: Uint32Array,
  s32: Int32Array,
  u64: BigUint64Array,
  s64: BigInt64Array,
  f32: Float32Array,
  f64: Float64Array,
};
