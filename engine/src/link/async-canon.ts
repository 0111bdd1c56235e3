import {
  AsyncInstance,
  cancelBuiltin,
  copyBuiltin,
  dropBuiltin,
  newBuiltin,
  plainBuiltin,
  setBuiltin,
  taskReturn,
} from '../async/index.js';
import { CanonicalContext, type CopyType, type CoreFunction } from '../canonical/index.js';
import type { Canon } from '../component/index.js';
import { resolveOptions, viewsOf } from './canon-options.js';
import { resolveValType } from './resolve-type.js';
import type { Scope } from './scope.js';

type AsyncCanon = Exclude<
  Canon,
  { kind: 'lift' | 'lower' | `resource.${'new' | 'drop' | 'rep'}` | `context.${'get' | 'set'}` }
>;

/** Makes the core function of a built-in for concurrency. */
export function asyncCanon(canon: AsyncCanon, scope: Scope): CoreFunction {
  const async = AsyncInstance.of(scope.context);
  switch (canon.kind) {
    case 'task.return': {
      const { memory, encoding } = resolveOptions(canon.options, scope);
      const result = canon.result === undefined ? undefined : resolveValType(canon.result, scope);
      return taskReturn({ result, memory: memory?.memory, encoding }, async);
    }
    case 'waitable-set.wait':
    case 'waitable-set.poll':
      return setBuiltin(
        canon.kind,
        viewsOf(scope.get('core-memory', canon.memory) as WebAssembly.Memory),
        async,
      );
    default:
      return 'type' in canon ? copyCanon(canon, scope, async) : plainBuiltin(canon.kind, async);
  }
}

function copyCanon(
  canon: Extract<AsyncCanon, { type: number }>,
  scope: Scope,
  async: AsyncInstance,
): CoreFunction {
  const { type } = scope.get('type', canon.type) as { type: CopyType };
  const direction = /read/.test(canon.kind) ? 'read' : 'write';
  const end = { type, direction } as const;
  switch (canon.kind) {
    case 'stream.new':
    case 'future.new':
      return newBuiltin(type, async);
    case 'stream.read':
    case 'stream.write':
    case 'future.read':
    case 'future.write': {
      const options = resolveOptions(canon.options, scope);
      const [host, component] = (['host', 'component'] as const).map(
        (side) => new CanonicalContext(scope.context, { ...options, side }),
      ) as [CanonicalContext, CanonicalContext];
      return copyBuiltin(end, { element: type.element, host, component }, async);
    }
    case 'stream.cancel-read':
    case 'stream.cancel-write':
    case 'future.cancel-read':
    case 'future.cancel-write':
      return cancelBuiltin(end, async);
    default:
      return dropBuiltin(end, async);
  }
}
