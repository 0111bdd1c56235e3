import type { CorePattern, CoreValue, LaneShape, NanKind } from './core-value.js';
import { LANE_BITS } from './core-value.js';
import { FLOAT32, FLOAT64, parseFloatLiteral } from './float-literal.js';
import { parseIntegerLiteral } from './integer-literal.js';
import { headOf, Items } from './s-expression.js';
import type { List, SExpression } from './s-expression.js';
import { WastError } from './wast-error.js';

const NAN_KINDS: Record<string, NanKind> = { 'nan:canonical': 'canonical', 'nan:arithmetic': 'arithmetic' };

/** Reads a core constant, e.g. `(i32.const 1)`; `undefined` where the node is none. */
export function readCoreValue(node: SExpression): CoreValue | undefined {
  const pattern = readCorePattern(node);
  if (pattern === undefined || 'nan' in pattern || pattern.type === 'ref' || pattern.type === 'either')
    return undefined;
  return 'lanes' in pattern ? exactVector(pattern.shape, pattern.lanes) : pattern;
}

/** Reads the expected value of an assertion: a constant, or a pattern such as `(f32.const nan:canonical)`. */
export function readCorePattern(node: SExpression): CorePattern | undefined {
  const head = headOf(node);
  if (head === undefined) return undefined;
  const list = node as List;
  const items = new Items(list, 1);
  switch (head) {
    case 'i32.const':
      return { type: 'i32', value: Number(BigInt.asIntN(32, integer(items, 32, list))) };
    case 'i64.const':
      return { type: 'i64', value: BigInt.asIntN(64, integer(items, 64, list)) };
    case 'f32.const':
    case 'f64.const': {
      const type = head === 'f32.const' ? 'f32' : 'f64';
      const lane = floatLane(items, type === 'f32' ? 32 : 64, list);
      return typeof lane === 'bigint' ? { type, bits: lane } : { type, nan: lane };
    }
    case 'v128.const':
      return readVector(items, list);
    case 'either':
      return {
        type: 'either',
        options: items.rest().map((option) => readCorePattern(option) ?? unknown(option)),
      };
    default:
      return head.startsWith('ref.') ? readReference(head, items, list) : undefined;
  }
}

function readReference(head: string, items: Items, list: List): CorePattern {
  if (head === 'ref.null') return { type: 'ref.null', heap: items.done ? undefined : items.atom() };
  if ((head === 'ref.extern' || head === 'ref.host') && !items.done) {
    return { type: head, value: Number(integer(items, 32, list)) };
  }
  return { type: 'ref', heap: head.slice('ref.'.length) };
}

function readVector(items: Items, list: List): CorePattern {
  const shape = items.atom() as LaneShape;
  const bits = LANE_BITS[shape];
  if (bits === undefined) throw new WastError('unknown vector shape', list.start);
  const lanes: (bigint | NanKind)[] = [];
  while (lanes.length < 128 / bits) {
    lanes.push(
      shape.startsWith('f') ? floatLane(items, bits, list) : BigInt.asUintN(bits, integer(items, bits, list)),
    );
  }
  return { type: 'v128', shape, lanes };
}

function exactVector(shape: LaneShape, lanes: (bigint | NanKind)[]): CoreValue | undefined {
  let bits = 0n;
  for (const lane of lanes.toReversed()) {
    if (typeof lane !== 'bigint') return undefined;
    bits = (bits << BigInt(LANE_BITS[shape])) | lane;
  }
  return { type: 'v128', bits };
}

function floatLane(items: Items, bits: number, list: List): bigint | NanKind {
  const text = items.atom();
  const nan = NAN_KINDS[text];
  if (nan !== undefined) return nan;
  const value = parseFloatLiteral(text, bits === 32 ? FLOAT32 : FLOAT64);
  if (value === undefined) throw new WastError(`malformed float ${text}`, list.start);
  return value;
}

function integer(items: Items, bits: number, list: List): bigint {
  const text = items.atom();
  const value = parseIntegerLiteral(text, bits);
  if (value === undefined) throw new WastError(`malformed integer ${text}`, list.start);
  return value;
}

function unknown(node: SExpression): never {
  throw new WastError('unknown core value', node.start);
}
