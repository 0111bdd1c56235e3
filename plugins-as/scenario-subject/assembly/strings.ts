/** Scenario `strings`. */
export function codePoints(text: string): u32 {
  let count: u32 = 0;
  for (let at = 0; at < text.length; at++) {
    if ((text.charCodeAt(at) & 0xfc00) != 0xdc00) count++;
  }
  return count;
}
export function greeting(): string {
  return 'grüß 🦀\0!';
}
export function empty(): string {
  return '';
}
export function echo(text: string): string {
  return text;
}
export function joined(a: string, b: string): string {
  return a + b;
}
