import { canonicalLabel, isKebab, isLowerKebab } from './kebab.js';
import { versionFrom, type Version } from './version.js';

/** The name of an import or export, taken apart. */
export type ParsedName =
  | { kind: 'plain'; label: string }
  | { kind: 'constructor'; resource: string }
  | { kind: 'method' | 'static'; resource: string; label: string }
  | InterfaceName;

/** The name of an interface, e.g. `wasi:clocks/wall-clock@0.2.0`. */
export interface InterfaceName {
  kind: 'interface';
  /** The name without its version, e.g. `wasi:clocks/wall-clock`. */
  path: string;
  version?: Version;
  /** The version as written. */
  versionText?: string;
}

/** Reason for which a name does not fit the grammar. */
export interface NameError {
  kind: 'error';
  reason: string;
  /** True if the name is one of a later edition of the component model. */
  unsupported?: boolean;
}

const NESTED = 'nested package names are not supported';
const ANNOTATION = /^\[([a-z]*)\]/;

/** Takes the name of an import or export apart, or says why it is none. */
export function parseExternName(name: string): ParsedName | NameError {
  if (name.includes(':')) return parseInterfaceName(name);
  const annotation = ANNOTATION.exec(name);
  if (annotation === null) return isKebab(name) ? { kind: 'plain', label: name } : notKebab(name);
  const rest = name.slice(annotation[0].length);
  switch (annotation[1]) {
    case 'constructor':
      return isKebab(rest) ? { kind: 'constructor', resource: rest } : notKebab(rest);
    case 'method':
    case 'static':
      return parseMember(annotation[1], rest);
    case 'get':
    case 'set':
      return { kind: 'error', reason: `the name annotation [${annotation[1]}]`, unsupported: true };
    default:
      return notKebab(name);
  }
}

/**
 * Returns the key of a name: two names with the same key may not stand beside each other among the imports, or exports, of one
 * thing.
 */
export function uniqueKey(name: ParsedName): string {
  switch (name.kind) {
    case 'plain':
      return canonicalLabel(name.label);
    case 'constructor':
      return `[constructor]${canonicalLabel(name.resource)}`;
    case 'method':
    case 'static': {
      const resource = canonicalLabel(name.resource);
      const label = canonicalLabel(name.label);
      return resource === label ? resource : `${resource}.${label}`;
    }
    case 'interface': {
      const path = canonicalLabel(name.path);
      return name.versionText === undefined ? path : `${path}@${name.versionText}`;
    }
  }
}

function parseMember(kind: 'method' | 'static', rest: string): ParsedName | NameError {
  const dot = rest.indexOf('.');
  if (dot < 0) return { kind: 'error', reason: `failed to find \`.\` character in \`${rest}\`` };
  const resource = rest.slice(0, dot);
  const label = rest.slice(dot + 1);
  if (!isKebab(resource)) return notKebab(resource);
  if (!isKebab(label)) return notKebab(label);
  return { kind, resource, label };
}

function parseInterfaceName(name: string): InterfaceName | NameError {
  const at = name.indexOf('@');
  const path = at < 0 ? name : name.slice(0, at);
  const colon = path.indexOf(':');
  const slash = path.indexOf('/', colon + 1);
  const namespace = path.slice(0, colon < 0 ? 0 : colon);
  if (!isLowerKebab(namespace)) return notKebab(namespace);
  const packageName = path.slice(colon + 1, slash < 0 ? undefined : slash);
  const nested = packageName.indexOf(':');
  if (!isLowerKebab(nested < 0 ? packageName : packageName.slice(0, nested))) return notKebab(packageName);
  if (slash >= 0 && nested >= 0 && packageName.split(':').every(isLowerKebab))
    return { kind: 'error', reason: `expected \`/\` after package name: ${NESTED}` };
  if (slash < 0 || nested >= 0) return { kind: 'error', reason: 'expected `/` after package name' };
  const interfaceName = path.slice(slash + 1);
  const trailing = interfaceName.indexOf('/');
  if (trailing >= 0) {
    return { kind: 'error', reason: `trailing characters found: \`${interfaceName.slice(trailing)}\`` };
  }
  if (!isKebab(interfaceName)) return notKebab(interfaceName);
  if (at < 0) return { kind: 'interface', path };
  const versionText = name.slice(at + 1);
  const version = versionFrom(versionText);
  if (version === undefined) {
    return { kind: 'error', reason: `\`${versionText}\` is not a semantic version` };
  }
  return { kind: 'interface', path, version, versionText };
}

function notKebab(text: string): NameError {
  return { kind: 'error', reason: `\`${text}\` is not in kebab case` };
}
