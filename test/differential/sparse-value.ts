import type { ResolvedValue } from '@wasm-plugin/engine/component';
import { camelCase } from './mapping.js';

/**
 * Leaves out of a value what a caller may leave out: flags that are `false`, and fields of an option that is none.
 * Changes `value`, and returns it.
 */
export function sparse(type: ResolvedValue, value: unknown): unknown {
  const fields = value as Record<string, unknown>;
  switch (type.kind) {
    case 'flags':
      for (const key of Object.keys(fields)) if (fields[key] === false) delete fields[key];
      return value;
    case 'record':
      for (const { name, type: part } of type.fields) {
        const key = camelCase(name);
        if (part.kind === 'option' && part.some.kind !== 'option' && fields[key] === undefined)
          delete fields[key];
        else sparse(part, fields[key]);
      }
      return value;
    case 'tuple':
      type.elements.forEach((part, index) => sparse(part, (value as unknown[])[index]));
      return value;
    case 'list':
      if (Array.isArray(value)) for (const item of value) sparse(type.element, item);
      return value;
    case 'option':
      if (value === undefined) return value;
      sparse(type.some, type.some.kind === 'option' ? fields['val'] : value);
      return value;
    case 'variant':
    case 'result': {
      const payload =
        type.kind === 'variant'
          ? type.cases.find(({ name }) => name === fields['tag'])?.type
          : fields['tag'] === 'ok'
            ? type.ok
            : type.err;
      if (payload !== undefined) sparse(payload, fields['val']);
      return value;
    }
    default:
      return value;
  }
}
