import type { WitType } from '../world/index.js';
import { resourceType } from './as-type.js';
import { ABI_FILE, RUNTIME_FILE, type BindingsFile, type Context } from './context.js';
import { pascalCase, shortName } from './names.js';

type Handle = WitType & { kind: 'own' | 'borrow' };

/** An expression for the object that a handle, as an `i32`, stands for. */
export function liftHandle(writer: BindingsFile, type: Handle, handle: string): string {
  const { context } = writer;
  const object = resourceType(writer, type.resource);
  if (!context.isExported(type.resource)) {
    return `${writer.ref(RUNTIME_FILE, type.kind === 'own' ? 'wrap' : 'wrapLent')}<${object}>(${handle})`;
  }
  // A borrowed object of our own arrives as its address.
  if (type.kind === 'borrow') return `changetype<${object}>(<usize>${handle})`;
  return `${writer.ref(ABI_FILE, taker(context, type))}(${handle})`;
}

/** An expression for the handle, an `i32`, that an object leaves as. */
export function lowerHandle(writer: BindingsFile, type: Handle, value: string): string {
  const { context } = writer;
  if (!context.isExported(type.resource)) return type.kind === 'own' ? `${value}.give()` : `${value}.handle`;
  if (type.kind === 'own') return `${writer.ref(ABI_FILE, giver(context, type))}(${value})`;
  throw new Error(`Cannot bind "${type.resource.name}": an exported resource cannot be lent to an import`);
}

/** Declares a built-in function for an exported resource, in `abi.ts`; gives its name. */
export function exportedResourceFunction(
  context: Context,
  { resource }: Handle,
  operation: 'new' | 'rep' | 'drop',
): string {
  const { abi } = context;
  const key: Handle = { kind: 'own', resource };
  return context.helper(
    `${operation}${pascalCase(shortName(resource.owner))}${context.typeName(resource)}`,
    key,
    (name) => {
      abi.add(`// @ts-ignore: decorator
@external("[export]${resource.owner.name}", "[resource-${operation}]${resource.name}")
export declare function ${name}(value: i32): ${operation === 'drop' ? 'void' : 'i32'};
`);
    },
  );
}

function taker(context: Context, type: Handle): string {
  return context.helper('take', type, (name) => {
    const { abi } = context;
    const object = resourceType(abi, type.resource);
    const representation = exportedResourceFunction(context, type, 'rep');
    abi.add(`export function ${name}(handle: i32): ${object} {
  return ${abi.ref(RUNTIME_FILE, 'takeBack')}<${object}>(<usize>${representation}(handle), handle);
}
`);
  });
}

/** An object that comes from outside has a handle already; a new one gets one, and stays alive while it has. */
function giver(context: Context, type: Handle): string {
  return context.helper('give', type, (name) => {
    const { abi } = context;
    const object = resourceType(abi, type.resource);
    const make = exportedResourceFunction(context, type, 'new');
    abi.add(`export function ${name}(object: ${object}): i32 {
  if (object.handle) return object.give();
  return ${make}(<i32>__pin(changetype<usize>(object)));
}
`);
  });
}
