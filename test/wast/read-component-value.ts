import type { ComponentValue } from './component-value.js';
import { FLOAT32, FLOAT64, parseFloatLiteral } from './float-literal.js';
import { parseIntegerLiteral } from './integer-literal.js';
import { headOf, Items } from './s-expression.js';
import type { List, SExpression } from './s-expression.js';
import { utf8TextOf } from './string-literal.js';
import { WastError } from './wast-error.js';

/**
 * Reads a component value, e.g. `(record.const (field "a" (u32.const 1)))`.
 *
 * @throws {WastError} for a form that is not known
 */
export function readComponentValue(node: SExpression): ComponentValue {
  const head = headOf(node);
  if (head === undefined) throw new WastError('expected a value', node.start);
  const items = new Items(node as List, 1);
  switch (head) {
    case 'bool.const':
      return { kind: 'bool', value: items.atom() === 'true' };
    case 's8.const':
    case 'u8.const':
      return { kind: head === 's8.const' ? 's8' : 'u8', value: Number(integer(items, 8, node)) };
    case 's16.const':
    case 'u16.const':
      return { kind: head === 's16.const' ? 's16' : 'u16', value: Number(integer(items, 16, node)) };
    case 's32.const':
    case 'u32.const':
      return { kind: head === 's32.const' ? 's32' : 'u32', value: Number(integer(items, 32, node)) };
    case 's64.const':
    case 'u64.const':
      return { kind: head === 's64.const' ? 's64' : 'u64', value: integer(items, 64, node) };
    case 'f32.const':
    case 'f64.const':
      return float(head === 'f32.const' ? 'f32' : 'f64', items.atom(), node);
    case 'char.const':
      return { kind: 'char', value: string(items) };
    case 'str.const':
      return { kind: 'str', value: string(items) };
    default:
      return readCompound(head, items, node);
  }
}

function readCompound(head: string, items: Items, node: SExpression): ComponentValue {
  switch (head) {
    case 'list.const':
      return { kind: 'list', items: items.rest().map(readComponentValue) };
    case 'tuple.const':
      return { kind: 'tuple', items: items.rest().map(readComponentValue) };
    case 'record.const':
      return { kind: 'record', fields: items.rest().map(readField) };
    case 'variant.const':
      return { kind: 'variant', name: string(items), payload: payload(items) };
    case 'enum.const':
      return { kind: 'enum', name: string(items) };
    case 'option.none':
      return { kind: 'option', some: undefined };
    case 'option.some':
      return { kind: 'option', some: payload(items) };
    case 'result.ok':
      return { kind: 'result', tag: 'ok', payload: payload(items) };
    case 'result.err':
      return { kind: 'result', tag: 'err', payload: payload(items) };
    case 'flags.const':
      return { kind: 'flags', names: items.rest().map((name) => textOf(name)) };
    default:
      throw new WastError(`unknown value ${head}`, node.start);
  }
}

/** Reads `(field "a" (u32.const 1))`, also in its short form `(field "a" u32.const 1)`. */
function readField(node: SExpression): { name: string; value: ComponentValue } {
  if (node.kind !== 'list') throw new WastError('expected a field', node.start);
  const items = new Items(node);
  items.takes('field');
  const name = string(items);
  if (items.peek()?.kind === 'list') return { name, value: readComponentValue(items.next()) };
  return { name, value: readComponentValue({ ...node, items: items.rest() }) };
}

function payload(items: Items): ComponentValue | undefined {
  return items.done ? undefined : readComponentValue(items.next());
}

function float(kind: 'f32' | 'f64', text: string, node: SExpression): ComponentValue {
  if (text === 'nan:canonical') return { kind, nan: 'canonical' };
  if (text === 'nan:arithmetic') return { kind, nan: 'arithmetic' };
  const bits = parseFloatLiteral(text, kind === 'f32' ? FLOAT32 : FLOAT64);
  if (bits === undefined) throw new WastError(`malformed float ${text}`, node.start);
  return { kind, bits };
}

function integer(items: Items, bits: number, node: SExpression): bigint {
  const text = items.atom();
  const value = parseIntegerLiteral(text, bits);
  if (value === undefined) throw new WastError(`malformed integer ${text}`, node.start);
  return value;
}

function string(items: Items): string {
  return textOf(items.next());
}

function textOf(node: SExpression): string {
  const text = node.kind === 'text' ? utf8TextOf(node.bytes) : undefined;
  if (text === undefined) throw new WastError('expected a UTF-8 string', node.start);
  return text;
}
