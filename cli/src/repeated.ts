/** Reads an option that may be given several times: adds a value to those before it. */
export function repeated(value: string, previous: string[] = []): string[] {
  return [...previous, value];
}
