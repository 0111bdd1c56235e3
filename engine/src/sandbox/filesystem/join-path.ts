/** Puts a path after another and resolves `.` and `..`, for names in messages and capabilities only. */
export function joinPath(base: string, path: string): string {
  const joined = /^(?:\/|[A-Za-z]:)/.test(path) ? path : `${base}/${path}`;
  const absolute = joined.startsWith('/');
  const segments: string[] = [];
  for (const segment of joined.split('/')) {
    if (segment === '' || segment === '.') continue;
    if (segment !== '..') segments.push(segment);
    else if (segments.length > 0 && segments.at(-1) !== '..') segments.pop();
    else if (!absolute) segments.push(segment);
  }
  const result = segments.join('/');
  return absolute ? `/${result}` : result || '.';
}
