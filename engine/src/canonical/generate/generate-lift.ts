import { GuestError } from '@wasm-plugin/abi';
import { holdsBorrow, holdsHandle, passingOf, runsHostCode } from '../function.js';
import type { Layout } from '../../component/index.js';
import type { FuncType, ValueType } from '../types.js';
import { emitOffset } from './emit-flat.js';
import type { Emitter } from './emitter.js';

/** Facts beside the type that the code of a lift depends on. */
export interface LiftTraits {
  /** True if there is a `post-return` function. */
  post: boolean;
  /** True if the core function begins a metered call by itself. */
  armed: boolean;
  /** True if `this` is the first argument. */
  method: boolean;
  /** Parameters that borrow from the very instance that is called, which is given the bare representation. */
  direct: ReadonlySet<number>;
}

/** Emits the body of a lifted function's factory (specification: `canon_lift`). */
export function generateLift(e: Emitter, type: FuncType, traits: LiftTraits): void {
  const { post, armed, method, direct } = traits;
  const { metered } = e;
  const passing = passingOf(type);
  const args = type.params.map((_, index) => `a${index}`);
  const borrows = passing.borrows && !type.params.every((param, at) => direct.has(at) || !holdsBorrow(param));
  const lent = [...direct].map((index) => `h${index}`);
  const throws = e.side === 'host' && type.result?.kind === 'result';
  e.line('const i = cx.instance, m = cx.memory, root = i.root;');
  e.line(`return function (${(method ? args.slice(1) : args).join(', ')}) {`);
  if (method) e.line('const a0 = this;');
  e.line('i.begin();');
  if (e.side === 'host') e.line(`${metered && !armed ? '' : 'if (root.charged) '}root.enter(${armed});`);
  if (throws) e.line('let failure;');
  e.line(`let ${['ran = false', ...lent].join(', ')};`);
  e.line('try {');
  const flats = emitArguments(e, type, args, direct);
  // The lowering runs the host's code, such as iterators, which may have closed the instance.
  if (type.params.some(({ type: param }) => runsHostCode(param))) e.line('i.expectRunning();');
  if (e.side === 'host' && type.params.some((param, at) => !direct.has(at) && holdsHandle(param)))
    e.line('i.given.length = 0;');
  e.line('ran = true;');
  e.line(`${type.result === undefined ? '' : 'const r = '}core(${flats.join(', ')});`);
  const value = type.result === undefined ? undefined : emitReturned(e, type, throws);
  if (post) {
    e.line(`i.mayLeave = false; post(${type.result === undefined ? '' : 'r'}); i.allowImports();`);
  }
  if (borrows) e.line('i.endBorrows();');
  for (const handle of lent) e.line(`${handle}.lends--;`);
  e.line('i.end();');
  if (e.side === 'host' && metered) e.line('root.leave();');
  if (value !== undefined)
    e.line(throws ? `if (failure === undefined) return ${value};` : `return ${value};`);
  e.line('} catch (error) {');
  for (const handle of lent) e.line(`if (${handle} !== undefined) ${handle}.lends--;`);
  e.line(`throw fail(error, ran, [${args.join(', ')}]);`);
  e.line('}');
  if (throws) e.line('throw failure;');
  e.line('};');
}

function emitArguments(
  e: Emitter,
  type: FuncType,
  args: readonly string[],
  direct: ReadonlySet<number>,
): string[] {
  const { params, spilledParams } = passingOf(type);
  if (!spilledParams) {
    return type.params.flatMap((param, index) => {
      if (param.type.kind !== 'borrow' || !direct.has(index))
        return e.values.lower(e, param.type, args[index] as string);
      e.line(`h${index} = ${e.resource(param.type.resource)}.binding.lend(a${index});`);
      return [`h${index}.rep`];
    });
  }
  const pointer = e.bind(`cx.allocate(0, 0, ${params.align}, ${params.size})`);
  type.params.forEach((param, index) => {
    e.values.store(
      e,
      param.type,
      args[index] as string,
      emitOffset(e, pointer, params.offsets[index] as number),
    );
  });
  return [pointer];
}

function emitReturned(e: Emitter, type: FuncType, throws: boolean): string {
  const { result, spilledResult, sequencesOut } = passingOf(type);
  let value: string;
  if (sequencesOut) e.line('root.crossing = root.bytes;');
  if (spilledResult) {
    const { size, align } = result as Layout;
    e.line('if (m.u8.length === 0) m.renew();');
    const pointer = e.bind('r >>> 0');
    e.line(`cx.check(${pointer}, ${size}, ${align});`);
    value = e.values.load(e, type.result as ValueType, pointer);
  } else {
    value = e.values.lift(e, type.result as ValueType, ['r']);
  }
  if (!throws) return value;
  e.line(
    `if (${value}.tag === 'err') failure = new ${e.constant(GuestError)}(${value}.val, { plugin: root.plugin });`,
  );
  return `${value}.val`;
}
