/** Words of the scripts for a V8 message. */
const V8_WORDS: [RegExp, string][] = [
  [/memory access out of bounds/, 'out of bounds memory access'],
  [/table index is out of bounds/, 'out of bounds table access undefined element'],
  [/data segment .*out of bounds|access out of bounds/, 'out of bounds memory access'],
  [
    /table initializer .*out of bounds|element segment .*out of bounds|table index is out of bounds/,
    'out of bounds table access',
  ],
  [/^divide by zero|^remainder by zero/, 'integer divide by zero'],
  [/^divide result unrepresentable/, 'integer overflow'],
  [/^float unrepresentable/, 'integer overflow invalid conversion to integer'],
  [/function signature mismatch/, 'indirect call type mismatch uninitialized element'],
  [
    /^dereferencing a null pointer/,
    'null reference null array reference null structure reference null i31 reference null function reference',
  ],
  [/^illegal cast/, 'cast failure'],
  [/^array element access out of bounds/, 'out of bounds array access'],
  [/does not support unaligned accesses/, 'unaligned atomic'],
  [/call stack size exceeded/i, 'call stack exhausted'],
];

/** Returns true if a message means the same as a script's words. It compares single words, not the wording. */
export function messagesAgree(wanted: string, said: string): boolean {
  const text = plain(said);
  const want = plain(wanted);
  if (text.includes(want) || want.includes(text)) return true;
  return V8_WORDS.some(
    ([pattern, words]) => pattern.test(said) && (words.includes(want) || want.includes(words)),
  );
}

function plain(message: string): string {
  return message.toLowerCase().replaceAll(/["'`]/g, '').replaceAll(/\s+/g, ' ').trim();
}
