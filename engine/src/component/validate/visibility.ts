import type {
  ResolvedExtern,
  ResolvedFunc,
  ResolvedInstance,
  ResolvedType,
  ResolvedValue,
} from '../types/index.js';
import type { Scope } from './scope.js';

type Direction = 'import' | 'export';

/**
 * Checks that every type in an import or export has a name on that side: records, variants, enums, flags and resources must
 * have been imported, or exported, before. Types that it names are known from then on.
 * @throws {ModuleError} WP_MODULE_INVALID, WP_MODULE_LIMIT
 */
export function checkVisibility(item: ResolvedExtern, context: { scope: Scope; direction: Direction }): void {
  const { scope, direction } = context;
  // The types that an instance type mentions become visible only in its uses.
  if (scope.kind === 'instance type') return;
  if (new Visibility(scope, direction).register(item)) return;
  throw scope.progress.invalid(
    `${item.kind} not valid to be used as ${direction}: it uses a type that was not itself ${direction}ed before`,
  );
}

class Visibility {
  readonly #scope: Scope;
  readonly #direction: Direction;
  readonly #visible: Set<ResolvedType>;

  constructor(scope: Scope, direction: Direction) {
    this.#scope = scope;
    this.#direction = direction;
    this.#visible = direction === 'import' ? scope.visibleToImports : scope.visibleToExports;
  }

  register(item: ResolvedExtern): boolean {
    this.#scope.progress.spend(1);
    switch (item.kind) {
      case 'core-module':
      case 'component':
        return true;
      case 'func':
        return this.#func(item.type);
      case 'instance':
        return [...item.type.exports.values()].every((inner) => this.register(inner));
      case 'type': {
        const { visibleToImports, visibleToExports } = this.#scope;
        const onlyExported = visibleToExports.has(item.of) && !visibleToImports.has(item.of);
        if (this.#direction === 'import' && onlyExported) return false;
        if (!this.#parts(item.of)) return false;
        // An imported type may be exported too.
        if (this.#direction === 'import') visibleToImports.add(item.type);
        visibleToExports.add(item.type);
        return true;
      }
    }
  }

  /** Returns true if the parts of a type, which itself is about to get a name, have names. */
  #parts(type: ResolvedType): boolean {
    this.#scope.progress.spend(1);
    switch (type.kind) {
      case 'resource':
      case 'component':
        return true;
      case 'func':
        return this.#func(type);
      case 'instance':
        return this.#instance(type);
      default:
        return this.#valueParts(type);
    }
  }

  /** The exports of an instance type have names within it. */
  #instance(type: ResolvedInstance): boolean {
    const added: ResolvedType[] = [];
    const named = [...type.exports.values()].every((item) => {
      if (item.kind === 'func') return this.#func(item.type);
      if (item.kind === 'instance') return this.#instance(item.type);
      if (item.kind !== 'type') return true;
      if (!this.#parts(item.type)) return false;
      if (!this.#visible.has(item.type)) {
        this.#visible.add(item.type);
        added.push(item.type);
      }
      return true;
    });
    for (const inner of added) this.#visible.delete(inner);
    return named;
  }

  #func(type: ResolvedFunc): boolean {
    this.#scope.progress.spend(1 + type.params.length);
    return type.params.every((param) => this.#value(param.type)) && this.#optional(type.result);
  }

  #value(type: ResolvedValue): boolean {
    switch (type.kind) {
      case 'primitive':
        return true;
      case 'record':
      case 'variant':
      case 'flags':
      case 'enum':
        return this.#visible.has(type);
      default:
        return this.#valueParts(type);
    }
  }

  #valueParts(type: ResolvedValue): boolean {
    this.#scope.progress.spend(partCount(type));
    switch (type.kind) {
      case 'primitive':
      case 'flags':
      case 'enum':
        return true;
      case 'record':
        return type.fields.every((field) => this.#value(field.type));
      case 'variant':
        return type.cases.every((entry) => this.#optional(entry.type));
      case 'tuple':
        return type.elements.every((element) => this.#value(element));
      case 'list':
        return this.#value(type.element);
      case 'map':
        return this.#value(type.key) && this.#value(type.value);
      case 'option':
        return this.#value(type.some);
      case 'result':
        return this.#optional(type.ok) && this.#optional(type.err);
      case 'stream':
      case 'future':
        return this.#optional(type.element);
      case 'own':
      case 'borrow':
        return this.#visible.has(type.resource);
    }
  }

  #optional(type: ResolvedValue | undefined): boolean {
    return type === undefined || this.#value(type);
  }
}

function partCount(type: ResolvedValue): number {
  switch (type.kind) {
    case 'record':
      return type.fields.length;
    case 'variant':
      return type.cases.length;
    case 'tuple':
      return type.elements.length;
    default:
      return 1;
  }
}
