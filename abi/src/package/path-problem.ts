const LONGEST = 1024;
const CONTROL = /\p{Cc}/u;

/**
 * Describes the fault of a path inside a plugin; `undefined` for a good one. A path is relative, with `/` between its parts,
 * and never leads out: no `..`, no root, no drive, no backslash, no part that Windows takes for a device.
 * @example
 * console.log(pathProblem('presets/soft.json')); // prints: undefined
 */
export function pathProblem(path: string): string | undefined {
  if (path === '' || path.length > LONGEST) return `must be a path of 1 to ${LONGEST} characters`;
  if (CONTROL.test(path)) return 'must be a path without control characters';
  if (path.includes('\\')) return 'must be a path with "/" between its parts, not "\\"';
  if (path.startsWith('/') || /^[A-Za-z]:/.test(path))
    return 'must be a path inside the plugin, not an absolute one';
  const parts = path.split('/');
  if (parts.includes('..')) return 'must be a path inside the plugin, without ".."';
  if (parts.some((part) => part === '' || part === '.')) return 'must be a path without empty parts and "."';
  if (parts.some((part) => DEVICE.test(part) || /[:<>"|?*]|[. ]$/.test(part))) {
    return 'must be a path whose parts are file names on every system';
  }
  return undefined;
}

const DEVICE = /^(?:con|prn|aux|nul|com\d|lpt\d)(?:\.|$)/i;
