import type { ExternName } from '../model.js';
import { parseExternName, uniqueKey, type ParsedName } from '../names/index.js';
import type { Progress, ResolvedExtern, ResolvedFunc, ResolvedResource } from '../types/index.js';

/**
 * The names among the imports, or the exports, of one thing. They must be unique beyond letter case, and names such as `[method]r.m` must fit the functions that have them.
 */
export class NameContext {
  readonly #direction: 'import' | 'export';
  /** The name first seen for each key that must be unique. */
  readonly #taken = new Map<string, string>();
  readonly #resourceNames = new Map<ResolvedResource, string>();
  readonly #allResourceNames = new Set<string>();

  constructor(direction: 'import' | 'export') {
    this.#direction = direction;
  }

  /** Makes `type` known as the resource `name`, so that functions may be called its methods. */
  register(name: string, type: ResolvedResource): void {
    this.#resourceNames.set(type, name);
    this.#allResourceNames.add(name);
  }

  /** @throws {ModuleError} WP_MODULE_INVALID, WP_MODULE_UNSUPPORTED unless `item` may have the name */
  check(name: ExternName, item: { type: ResolvedExtern; progress: Progress }): void {
    const { type, progress } = item;
    const parsed = parse(name.name, { progress, label: `${this.#direction} name \`${name.name}\`` });
    if (name.implements !== undefined) checkImplements(name.implements, { parsed, name, ...item });
    this.#checkShape(parsed, { type, progress, name: name.name });
    const key = uniqueKey(parsed);
    const previous = this.#taken.get(key);
    if (previous !== undefined) {
      throw progress.invalid(
        `${this.#direction} name \`${name.name}\` conflicts with previous name \`${previous}\``,
      );
    }
    this.#taken.set(key, name.name);
  }

  #checkShape(parsed: ParsedName, item: { type: ResolvedExtern; progress: Progress; name: string }): void {
    if (parsed.kind === 'plain' || parsed.kind === 'interface') return;
    const invalid = (reason: string): Error =>
      item.progress.invalid(`${this.#direction} name \`${item.name}\` is not valid: ${reason}`);
    if (item.type.kind !== 'func') throw invalid('item is not a func');
    if (parsed.kind === 'static') {
      if (this.#allResourceNames.has(parsed.resource)) return;
      throw invalid('static resource name is not known in this context');
    }
    const resource =
      parsed.kind === 'constructor'
        ? constructed(item.type.type, invalid)
        : receiver(item.type.type, invalid);
    const known = this.#resourceNames.get(resource);
    if (known === undefined) throw invalid('resource used in function does not have a name in this context');
    if (known !== parsed.resource)
      throw invalid(`function does not match expected resource name \`${known}\``);
  }
}

function parse(text: string, context: { progress: Progress; label: string }): ParsedName {
  const parsed = parseExternName(text);
  if (parsed.kind !== 'error') return parsed;
  if (parsed.unsupported) throw context.progress.unsupported(parsed.reason);
  throw context.progress.invalid(`${context.label} is not a valid extern name: ${parsed.reason}`);
}

function checkImplements(
  text: string,
  item: { parsed: ParsedName; name: ExternName; type: ResolvedExtern; progress: Progress },
): void {
  const { progress } = item;
  if (item.parsed.kind !== 'plain') {
    throw progress.invalid(`name \`${item.name.name}\` is not valid with \`implements\``);
  }
  if (item.type.kind !== 'instance') throw progress.invalid('only instances can have an `implements`');
  const parsed = parse(text, { progress, label: `\`${text}\`` });
  if (parsed.kind !== 'interface') throw progress.invalid(`name \`${text}\` must be an interface`);
}

/** Returns the resource that a constructor makes. */
function constructed(func: ResolvedFunc, invalid: (reason: string) => Error): ResolvedResource {
  const { result } = func;
  if (result === undefined) throw invalid('function should return one value');
  const made = result.kind === 'result' ? result.ok : result;
  if (made?.kind !== 'own') throw invalid('function should return `(own $T)` or `(result (own $T))`');
  return made.resource;
}

/** Returns the resource that a method is called on. */
function receiver(func: ResolvedFunc, invalid: (reason: string) => Error): ResolvedResource {
  const self = func.params[0];
  if (self === undefined) throw invalid('function should have at least one argument');
  if (self.name !== 'self') throw invalid('function should have a first argument called `self`');
  if (self.type.kind !== 'borrow') throw invalid('function should take a first argument of `(borrow $T)`');
  return self.type.resource;
}
