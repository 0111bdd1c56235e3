import { printable } from '../../terminal/index.js';

/** Returns a text as HTML shows it, without what could steer anything. */
export function escaped(text: string): string {
  return printable(text).replaceAll(/[&<>"']/g, (each) => `&#${each.charCodeAt(0)};`);
}
