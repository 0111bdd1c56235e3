import {
  abiTrap,
  ENDED,
  failedBuiltin,
  type CopyType,
  type CoreFunction,
  type FlatValue,
  type MemoryViews,
} from '../canonical/index.js';
import type { AsyncInstance, TaskReturn } from './async-instance.js';
import { CopyEnd, GuestBuffer, Shared, type ElementAccess } from './copy/index.js';
import { NO_EVENT, type Event } from './event.js';
import { mustBlock } from './must-block.js';
import { WaitableSet, type Waitable } from './waitable.js';

/** The result of an operation that is not over: its event comes later. */
const BLOCKED = -1;

type Body = (first: number, second: number, third: number) => number | bigint | void;

/** Makes a built-in: its errors pass through the guest unseen. */
function builtin(async: AsyncInstance, body: Body): CoreFunction {
  const { context } = async;
  const { root } = context;
  return ((first: number, second: number, third: number) => {
    try {
      root.meter?.tick();
      return body(first, second >>> 0, third >>> 0);
    } catch (error) {
      context.lock = ENDED;
      throw failedBuiltin(root, error);
    }
  }) as CoreFunction;
}

/** The same of one that may not be called inside `realloc` and post-return. */
function leaving(async: AsyncInstance, body: Body): CoreFunction {
  return builtin(async, (...args) => {
    async.checkLeave();
    return body(...args);
  });
}

/** Makes a built-in without immediates (specification: `canon_…` of the same name). */
export function plainBuiltin(
  kind:
    | 'backpressure.inc'
    | 'backpressure.dec'
    | 'task.cancel'
    | 'subtask.drop'
    | 'subtask.cancel'
    | 'waitable-set.new'
    | 'waitable-set.drop'
    | 'waitable.join'
    | 'thread.yield',
  async: AsyncInstance,
): CoreFunction {
  const { handles } = async.context;
  switch (kind) {
    case 'backpressure.inc':
      return builtin(async, () => async.changeBackpressure(1));
    case 'backpressure.dec':
      return builtin(async, () => async.changeBackpressure(-1));
    case 'task.cancel':
      return leaving(async, () => taskOf(async).cancels());
    case 'subtask.drop':
      return leaving(async, (index) => {
        const subtask = async.subtaskAt(index);
        if (!subtask.isDelivered) throw abiTrap('cannot drop a subtask which has not yet resolved');
        subtask.join(undefined);
        handles.removeEntry(index);
      });
    case 'subtask.cancel':
      return leaving(async, (index) => cancelSubtask(async, index));
    case 'waitable-set.new':
      return leaving(async, () => handles.addEntry(new WaitableSet()));
    case 'waitable-set.drop':
      return leaving(async, (index) => {
        async.setAt(index).checkUnused();
        handles.removeEntry(index);
      });
    case 'waitable.join':
      return leaving(async, (index, set) =>
        async.waitableAt(index).join(set === 0 ? undefined : async.setAt(set)),
      );
    case 'thread.yield':
      // Nothing else has to run first: the specification leaves that to the host.
      return leaving(async, () => 0);
  }
}

function taskOf({ current }: AsyncInstance): NonNullable<AsyncInstance['current']> {
  if (current !== undefined) return current;
  throw abiTrap('the function that runs is not lifted async');
}

function cancelSubtask(async: AsyncInstance, index: number): number {
  const subtask = async.subtaskAt(index);
  if (subtask.isDelivered) throw abiTrap('`subtask.cancel` called after terminal status delivered');
  if (subtask.isCancelRequested) throw abiTrap('`subtask.cancel` called more than once');
  if (subtask.isInSet) throw abiTrap('waitable cannot be used synchronously while added to a waitable set');
  if (!subtask.isResolved) {
    subtask.isCancelRequested = true;
    subtask.callee?.requestCancel();
    if (!subtask.isResolved) throw mustBlock(async, 'the cancellation of a call');
  }
  return subtask.takeEvent().second;
}

/** Makes `task.return`. */
export function taskReturn(by: TaskReturn, async: AsyncInstance): CoreFunction {
  const { context } = async;
  const { root } = context;
  return ((...flats: FlatValue[]) => {
    try {
      async.checkLeave();
      taskOf(async).returns(flats, by);
    } catch (error) {
      context.lock = ENDED;
      throw failedBuiltin(root, error);
    }
  }) as CoreFunction;
}

/** Makes `waitable-set.wait` and `waitable-set.poll`. */
export function setBuiltin(
  kind: 'waitable-set.wait' | 'waitable-set.poll',
  memory: MemoryViews,
  async: AsyncInstance,
): CoreFunction {
  return leaving(async, (index, pointer) => {
    const set = async.setAt(index);
    if (!set.hasEvent && kind === 'waitable-set.wait') throw mustBlock(async, 'a wait for an event');
    const event: Event = set.hasEvent ? set.takeEvent() : NO_EVENT;
    if (memory.u8.length === 0) memory.renew();
    if (pointer % 4 !== 0) throw abiTrap('unaligned pointer');
    if (pointer + 8 > memory.u8.length) throw abiTrap('pointer out of bounds of memory');
    memory.u32[pointer >>> 2] = event.first;
    memory.u32[(pointer >>> 2) + 1] = event.second;
    return event.code;
  });
}

/** Makes `stream.new` and `future.new`. */
export function newBuiltin(type: CopyType, async: AsyncInstance): CoreFunction {
  const { handles } = async.context;
  return leaving(async, () => {
    const shared = new Shared(type);
    const readable = handles.addEntry(new CopyEnd(shared, 'read'));
    const writable = handles.addEntry(new CopyEnd(shared, 'write'));
    return BigInt(readable) | (BigInt(writable) << 32n);
  });
}

interface EndKind {
  type: CopyType;
  direction: 'read' | 'write';
}

/** Makes the built-ins that read and write. */
export function copyBuiltin(end: EndKind, access: ElementAccess, async: AsyncInstance): CoreFunction {
  const isFuture = end.type.kind === 'future';
  return leaving(async, (index, pointer, length) => {
    const found = async.endAt(index, end);
    found.checkFree();
    found.begin(new GuestBuffer(access, pointer, isFuture ? 1 : length), index);
    return resultOf(found);
  });
}

/** Makes the built-ins that end a copy in progress. */
export function cancelBuiltin(end: EndKind, async: AsyncInstance): CoreFunction {
  return leaving(async, (index) => {
    const found = async.endAt(index, end);
    found.cancel();
    return resultOf(found);
  });
}

/** Makes the built-ins that drop an end. */
export function dropBuiltin(end: EndKind, async: AsyncInstance): CoreFunction {
  return leaving(async, (index) => {
    async.endAt(index, end).drop();
    async.context.handles.removeEntry(index);
  });
}

function resultOf(waitable: Waitable): number {
  return waitable.isPending ? waitable.takeEvent().second | 0 : BLOCKED;
}
