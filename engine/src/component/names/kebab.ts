/**
 * Returns true if `text` is a label of the component model: words joined by hyphens, each in one case, the first one
 * starting with a letter.
 */
export function isKebab(text: string): boolean {
  let wordCase: 'lower' | 'upper' | undefined;
  let wordLength = 0;
  let firstWord = true;
  for (let index = 0; index < text.length; index++) {
    const code = text.charCodeAt(index);
    if (code === 0x2d) {
      if (wordLength === 0) return false;
      wordCase = undefined;
      wordLength = 0;
      firstWord = false;
      continue;
    }
    if (code >= 0x30 && code <= 0x39) {
      if (firstWord && wordLength === 0) return false;
    } else {
      const letterCase = letterCaseOf(code);
      if (letterCase === undefined || (wordCase !== undefined && wordCase !== letterCase)) return false;
      wordCase = letterCase;
    }
    wordLength++;
  }
  return wordLength > 0;
}

/** Returns true if `text` is a label without capitals, as namespaces and packages are. */
export function isLowerKebab(text: string): boolean {
  return isKebab(text) && !/[A-Z]/.test(text);
}

/** Returns the key of a label: two labels with the same key count as the same name. Letter case makes no difference. */
export function canonicalLabel(label: string): string {
  return label.toLowerCase();
}

function letterCaseOf(code: number): 'lower' | 'upper' | undefined {
  if (code >= 0x61 && code <= 0x7a) return 'lower';
  if (code >= 0x41 && code <= 0x5a) return 'upper';
  return undefined;
}
