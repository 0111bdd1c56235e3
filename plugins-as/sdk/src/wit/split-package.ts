/** Spaces, comments, and then the line that names the package. */
const HEAD = /^((?:\s+|\/\/[^\n]*\n|\/\*[^]*?\*\/)*)package\s+([^;{\s]+)\s*;/;

/**
 * Takes the line that names the package out of a WIT text. A text need not have one.
 * The comments above it are dropped too: they are the package's, and would fall to the first item.
 */
export function splitPackage(wit: string): { name: string | undefined; body: string } {
  const found = HEAD.exec(wit);
  return found ? { name: found[2], body: wit.slice(found[0].length) } : { name: undefined, body: wit };
}
