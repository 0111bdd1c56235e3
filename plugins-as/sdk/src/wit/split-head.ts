/** Spaces, comments, and then the line that names the package. */
const HEAD = /^(?:\s+|\/\/[^\n]*(?:\n|$)|\/\*[^]*?\*\/)*package\s+([^;{\s]+)\s*;/;

/**
 * Finds the line that names the package in a WIT text, which need not have one. The comments above it belong to the
 * package.
 */
export function splitHead(text: string): { name: string | undefined; bodyStart: number } {
  const found = HEAD.exec(text);
  return found ? { name: found[1], bodyStart: found[0].length } : { name: undefined, bodyStart: 0 };
}
