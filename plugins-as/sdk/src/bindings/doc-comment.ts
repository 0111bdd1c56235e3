/** Writes a doc comment, of a text and more about it; nothing if there is neither. */
export function docComment(
  doc: string | undefined,
  { indent, more }: { indent: string; more?: string | undefined },
): string {
  const text = [doc, more].filter((part) => part !== undefined).join('\n\n');
  if (text === '') return '';
  const lines = text.replaceAll('*/', '*\\/').split('\n');
  if (lines.length === 1) return `${indent}/** ${lines[0]} */\n`;
  const body = lines.map((line) => `${indent} *${line === '' ? '' : ` ${line}`}\n`).join('');
  return `${indent}/**\n${body}${indent} */\n`;
}
