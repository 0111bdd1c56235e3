/** The class of tuples with `count` elements. */
export function tupleClass(count: number): string {
  const places = Array.from({ length: count }, (_, i) => i);
  const generics = count === 0 ? '' : `<${places.map((i) => `T${i}`).join(', ')}>`;
  const params = places.map((i) => `    public value${i}: T${i},\n`).join('');
  return `/** A WIT tuple of ${count}. */\nexport class Tuple${count}${generics} {\n  constructor(\n${params}  ) {}\n}\n`;
}
