import type { FunctionType, GlobalType, ImportedItem, SizeLimits, TableType } from '../../module/index.js';
import type { CoreExternType, CoreFuncType } from '../model.js';
import { valueTypeText } from './value-type-text.js';

type Extern<Kind extends CoreExternType['kind']> = Extract<CoreExternType, { kind: Kind }>;

/** Returns a function type of the module model as the component model has it. */
export function coreFuncTypeFrom({ params, results }: FunctionType): CoreFuncType {
  return { kind: 'func', params: params.map(valueTypeText), results: results.map(valueTypeText) };
}

/** Returns the type of an import of the module model as the component model has it. */
export function coreExternTypeFrom(item: ImportedItem): CoreExternType {
  switch (item.kind) {
    case 'table':
      return tableTypeFrom(item.table);
    case 'memory':
      return memoryTypeFrom(item.limits);
    case 'global':
      return globalTypeFrom(item.global);
    default:
      return item;
  }
}

export function tableTypeFrom({ reference, limits }: TableType): Extern<'table'> {
  return { kind: 'table', element: valueTypeText(reference), ...limitsFrom(limits) };
}

export function memoryTypeFrom(limits: SizeLimits): Extern<'memory'> {
  return { kind: 'memory', ...limitsFrom(limits) };
}

export function globalTypeFrom({ value, mutable }: GlobalType): Extern<'global'> {
  return { kind: 'global', type: valueTypeText(value), mutable };
}

function limitsFrom({ minimum, maximum, shared, wide }: SizeLimits): Omit<Extern<'memory'>, 'kind'> {
  return { minimum, ...(maximum !== undefined && { maximum }), shared, index64: wide };
}
