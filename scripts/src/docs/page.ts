/** A page of the site: its path and its Markdown. */
export type Page = readonly [path: string, text: string];

/** Returns the title of a page: its first heading. */
export function titleOf(text: string): string {
  return (/^# (.+)$/m.exec(text)?.[1] ?? 'wasm-plugin').replaceAll(/[`\\]/g, '');
}
