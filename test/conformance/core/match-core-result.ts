import { LANE_BITS } from '../../wast/index.js';
import type { CorePattern, LaneShape, NanKind } from '../../wast/index.js';
import type { CoreResult } from './core-call.js';
import type { HostReferences } from './host-references.js';
import { isNanOfKind } from './nan.js';

/** Returns true if a result is the one that a script expects. */
export function matchesCoreResult(pattern: CorePattern, result: CoreResult, host: HostReferences): boolean {
  if (pattern.type === 'either') {
    return pattern.options.some((option) => matchesCoreResult(option, result, host));
  }
  if (pattern.type === 'v128') return 'bits' in result && matchesVector(pattern, result.bits);
  if (pattern.type === 'f32' || pattern.type === 'f64') return matchesFloat(pattern, result);
  if (!('js' in result)) return false;
  const { js } = result;
  switch (pattern.type) {
    case 'i32':
    case 'i64':
      return js === pattern.value;
    case 'ref.null':
      return js === null;
    case 'ref.extern':
    case 'ref.host':
      return js === host.valueOf(pattern.value);
    case 'ref':
      return isReference(pattern.heap, js);
  }
}

function matchesFloat(pattern: CorePattern & { type: 'f32' | 'f64' }, result: CoreResult): boolean {
  if ('bits' in result) {
    return 'nan' in pattern
      ? isNanOfKind(pattern.type, result.bits, pattern.nan)
      : result.bits === pattern.bits;
  }
  if ('nan' in pattern || typeof result.js !== 'number') return false;
  const view = new DataView(new ArrayBuffer(8));
  if (pattern.type === 'f32') view.setFloat32(4, result.js);
  else view.setFloat64(0, result.js);
  return view.getBigUint64(0) === pattern.bits;
}

function matchesVector(pattern: CorePattern & { type: 'v128' }, bits: bigint): boolean {
  if ('bits' in pattern) return pattern.bits === bits;
  const width = LANE_BITS[pattern.shape];
  return pattern.lanes.every((lane, index) =>
    matchesLane(pattern.shape, lane, BigInt.asUintN(width, bits >> BigInt(width * index))),
  );
}

function matchesLane(shape: LaneShape, lane: bigint | NanKind, bits: bigint): boolean {
  return typeof lane === 'bigint'
    ? lane === bits
    : isNanOfKind(shape === 'f32x4' ? 'f32' : 'f64', bits, lane);
}

/** Returns true if a JavaScript value can be a reference of a heap type, as far as JavaScript can distinguish them. */
function isReference(heap: string, js: unknown): boolean {
  if (js === null || js === undefined) return false;
  if (heap === 'func') return typeof js === 'function';
  if (heap === 'i31') return typeof js === 'number';
  if (heap === 'struct' || heap === 'array') return typeof js === 'object';
  return true;
}
