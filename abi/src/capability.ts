import { PluginError } from './errors.js';
import { fitsTopic, isTopicPattern } from './topic.js';

/**
 * Something that a plugin may ask for and a host may grant. The text forms:
 *
 * - `log`, `config`, `clock`, `random`, `stdio`
 * - `fs:<path>` and `fs:<path>:ro`: a folder or file with everything below it. A path that begins with `/` or a drive
 *   letter is the host's; any other is relative to the folder that the host keeps for the plugin.
 * - `fs:<host path>::<path>` and `fs:<host path>::<path>:ro`, in a grant only: the host's folder, which the plugin knows by
 *   the second path and asks for by that.
 * - `http:<host>[:<port>]`: requests to a host. `*.example.com` means every name below `example.com`, `*` every host.
 *   Without a port it means 80 and 443, `*` means every port. A final dot is left out.
 * - `env:<name>`: an environment variable. A name is any text without `=`, control characters and `*`, but that it may
 *   end in `*`.
 * - `publish:<topic>` and `subscribe:<topic>`: events of the host's bus. `*` in a topic means any one word, a last `**` one or
 *   more: `player.**`.
 */
export type Capability =
  | { readonly kind: PlainCapability }
  | FileCapability
  | { readonly kind: 'http'; readonly host: string; readonly port: number | '*' | undefined }
  | { readonly kind: 'env'; readonly name: string }
  | { readonly kind: 'publish' | 'subscribe'; readonly topic: string };

/** The capability for a folder or file with everything below it. */
export interface FileCapability {
  readonly kind: 'fs';
  /** The path that the plugin uses. */
  readonly path: string;
  readonly readOnly: boolean;
  /**
   * Of a grant: where that is on the host, as `fs:<host path>::<path>` says; left out if it is the same path. Of a request:
   * the place that is meant; left out if any is.
   */
  readonly hostPath?: string;
}

/** The capabilities that take no argument. */
export type PlainCapability = (typeof PLAIN)[number];

const PLAIN = ['log', 'config', 'clock', 'random', 'stdio'] as const;
const FORMS = [
  ...PLAIN,
  'fs:[<host path>::]<path>[:ro]',
  'http:<host>[:<port>]',
  'env:<name>',
  'publish:<topic>',
  'subscribe:<topic>',
].join(', ');

/**
 * Reads a capability from its text form.
 * @throws {PluginError} WP_CAPABILITY for a text that is none
 * @example
 * const { kind, path, readOnly } = parseCapability('fs:/data:ro');
 * console.log(kind, path, readOnly); // prints: fs /data true
 */
export function parseCapability(text: string): Capability {
  const colon = text.indexOf(':');
  const kind = colon < 0 ? text : text.slice(0, colon);
  const rest = colon < 0 ? undefined : text.slice(colon + 1);
  const refuse = (reason: string): PluginError =>
    new PluginError('WP_CAPABILITY', `Cannot read the capability ${JSON.stringify(text)}: ${reason}`, {
      reason,
    });
  if ((PLAIN as readonly string[]).includes(kind)) {
    if (rest !== undefined) throw refuse(`"${kind}" takes no argument`);
    return { kind: kind as PlainCapability };
  }
  if (!isWithArgument(kind)) throw refuse(`wanted one of ${FORMS}`);
  if (rest === undefined || rest === '') throw refuse(`"${kind}" needs an argument`);
  if (kind === 'fs') return parseFiles(rest, refuse);
  if (kind === 'http') return parseHttp(rest, refuse);
  if (kind !== 'env') {
    if (isTopicPattern(rest)) return { kind, topic: rest };
    throw refuse('wanted a topic such as "player.track.changed", "player.*" or "player.**"');
  }
  // eslint-disable-next-line no-control-regex
  if (!/^(?:[^=*\u0000-\u001f\u007f-\u009f]+\*?|\*)$/.test(rest)) {
    throw refuse('a variable has no "=" and no control character, and "*" only at its end');
  }
  return { kind: 'env', name: rest };
}

function isWithArgument(kind: string): kind is 'fs' | 'http' | 'env' | 'publish' | 'subscribe' {
  return ['fs', 'http', 'env', 'publish', 'subscribe'].includes(kind);
}

type Refuse = (reason: string) => PluginError;

function parseFiles(rest: string, refuse: Refuse): Capability {
  const readOnly = rest.endsWith(':ro');
  const parts = (readOnly ? rest.slice(0, -3) : rest).split('::');
  const [path, hostPath, ...more] = parts.map((part) => parsePath(part, refuse)).toReversed();
  if (path === undefined || more.length > 0) throw refuse('wanted at most one "::"');
  return { kind: 'fs', path, readOnly, ...(hostPath === undefined ? {} : { hostPath }) };
}

function parsePath(text: string, refuse: Refuse): string {
  const written = text.replaceAll('\\', '/');
  const drive = /^[A-Za-z]:(?=\/|$)/.exec(written)?.[0] ?? '';
  const tail = written.slice(drive.length);
  // eslint-disable-next-line no-control-regex
  if (written === '' || /[\u0000-\u001f:]/.test(tail))
    throw refuse('wanted a path with no colon or control character');
  const segments = tail.split('/').filter((segment) => segment !== '' && segment !== '.');
  if (segments.includes('..')) throw refuse('a path may not have ".." in it');
  const absolute = drive !== '' || tail.startsWith('/');
  const path = `${drive.toUpperCase()}${absolute ? '/' : ''}${segments.join('/')}`;
  return path === '' ? '.' : path;
}

/** Labels joined by dots; names of services also have underscores. Or an IPv6 address in brackets. */
const HOST =
  /^(?:[a-z0-9_](?:[a-z0-9_-]*[a-z0-9_])?(?:\.[a-z0-9_](?:[a-z0-9_-]*[a-z0-9_])?)*|\[[0-9a-f:.]+\])$/;

/**
 * Returns a host in the form in which capabilities and requests are compared: in lower case, without the final dot of an
 * absolute name; `undefined` for a text that is neither a name in ASCII nor an address (IPv6 in brackets).
 */
export function normalHost(text: string): string | undefined {
  const host = text.toLowerCase().replace(/(?<=[^.])\.$/, '');
  return host.length <= 253 && HOST.test(host) ? host : undefined;
}

function parseHttp(rest: string, refuse: Refuse): Capability {
  const match = /^(\*\.(?=.)|)(\[[^\]]*\]|[^:]*)(?::(\d{1,5}|\*))?$/.exec(rest);
  const [, below = '', name = '', portText] = match ?? [];
  const normal = name === '*' && below === '' ? name : normalHost(name);
  if (match === null || normal === undefined) {
    const ascii = punycodeOf(name);
    if (ascii !== undefined) throw refuse(`a host name is written in ASCII: "${below}${ascii}"`);
    throw refuse('wanted a host name in ASCII or an address, with no scheme and no path; IPv6 in brackets');
  }
  const host = below + normal;
  if (portText === undefined || portText === '*') return { kind: 'http', host, port: portText };
  const port = Number(portText);
  if (port < 1 || port > 65_535) throw refuse('wanted a port from 1 to 65535');
  return { kind: 'http', host, port };
}

/** Returns the ASCII form of a name in another script, if it has one. */
function punycodeOf(name: string): string | undefined {
  // eslint-disable-next-line no-control-regex
  if (!/[^\u0000-\u007f]/.test(name) || /[/?#@:\\\s]/.test(name)) return undefined;
  try {
    return new URL(`http://${name}/`).hostname;
  } catch {
    return undefined;
  }
}

/**
 * Writes a capability as text, which `parseCapability` reads back.
 * @example
 * console.log(formatCapability({ kind: 'fs', path: '/data', readOnly: true })); // prints: fs:/data:ro
 */
export function formatCapability(capability: Capability): string {
  switch (capability.kind) {
    case 'fs':
      return `fs:${writtenHostPath(capability)}${capability.path}${capability.readOnly ? ':ro' : ''}`;
    case 'http':
      return `http:${capability.host}${capability.port === undefined ? '' : `:${capability.port}`}`;
    case 'env':
      return `env:${capability.name}`;
    case 'publish':
    case 'subscribe':
      return `${capability.kind}:${capability.topic}`;
    default:
      return capability.kind;
  }
}

function writtenHostPath({ path, hostPath = path }: FileCapability): string {
  return hostPath === path ? '' : `${hostPath}::`;
}

/**
 * Returns true if a granted capability includes everything that is requested.
 * @example
 * console.log(covers(parseCapability('fs:/data'), parseCapability('fs:/data/in:ro'))); // prints: true
 */
export function covers(grant: Capability, request: Capability): boolean {
  if (grant.kind === 'fs') {
    if (request.kind !== 'fs' || (grant.readOnly && !request.readOnly)) return false;
    if (!coversPath(grant.path, request.path)) return false;
    return request.hostPath === undefined || request.hostPath === hostPathOf(grant, request.path);
  }
  if (grant.kind === 'http') {
    return (
      request.kind === 'http' && coversHost(grant.host, request.host) && coversPort(grant.port, request.port)
    );
  }
  if (grant.kind === 'env') return request.kind === 'env' && coversVariable(grant.name, request.name);
  if (grant.kind === 'publish' || grant.kind === 'subscribe')
    return grant.kind === request.kind && fitsTopic(grant.topic, request.topic);
  return grant.kind === request.kind;
}

function coversPath(grant: string, request: string): boolean {
  if (grant === request) return true;
  if (grant === '.') return !/^(?:\/|[A-Z]:\/)/.test(request);
  return request.startsWith(grant.endsWith('/') ? grant : `${grant}/`);
}

/** Returns where a path of the plugin's is on the host, by a grant that covers it. */
export function hostPathOf(grant: FileCapability, path: string): string {
  const base = grant.hostPath ?? grant.path;
  const rest = grant.path === '.' ? path : path.slice(grant.path.length).replace(/^\//, '');
  if (rest === '' || rest === '.') return base;
  return base === '.' ? rest : `${base.endsWith('/') ? base.slice(0, -1) : base}/${rest}`;
}

/** `*.example.com` covers names below it, not itself. */
function coversHost(grant: string, request: string): boolean {
  if (grant === '*' || grant === request) return true;
  return grant.startsWith('*.') && request !== '*' && request.endsWith(grant.slice(1));
}

type Port = number | '*' | undefined;

function coversPort(grant: Port, request: Port): boolean {
  return grant === '*' || grant === request || (grant === undefined && (request === 80 || request === 443));
}

function coversVariable(grant: string, request: string): boolean {
  return grant === request || (grant.endsWith('*') && request.startsWith(grant.slice(0, -1)));
}

/**
 * Finds the side that refuses a request: the manifest that does not ask for it, or the host that does not grant it; `undefined`
 * if neither. Host paths count only in grants: the host alone says where a folder is on its system.
 */
export function lackingFor(
  request: Capability,
  given: { permissions: readonly Capability[]; grants: readonly Capability[] },
): 'manifest' | 'host' | undefined {
  const asked = request.kind === 'fs' ? withoutHostPath(request) : request;
  if (!given.permissions.some((permission) => covers(permission, asked))) return 'manifest';
  return given.grants.some((grant) => covers(grant, request)) ? undefined : 'host';
}

function withoutHostPath({ kind, path, readOnly }: FileCapability): FileCapability {
  return { kind, path, readOnly };
}
