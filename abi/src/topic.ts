const MOST_WORDS = 16;
const MOST_CHARACTERS = 256;
const WORD = /^[a-z0-9_-]+$/;

/**
 * Returns whether a text is a topic of events: 1 to 16 words of lower-case letters, digits, `-` and `_`, joined by dots; at most
 * 256 characters.
 */
export function isTopic(text: string): boolean {
  if (text.length > MOST_CHARACTERS) return false;
  const words = text.split('.');
  return words.length <= MOST_WORDS && words.every((word) => WORD.test(word));
}

/** Returns whether a text is a topic in which words may be `*`, any one word, and the last one `**`, one or more words. */
export function isTopicPattern(text: string): boolean {
  if (text.length > MOST_CHARACTERS) return false;
  const words = text.split('.');
  const last = words.length - 1;
  return (
    words.length <= MOST_WORDS &&
    words.every((word, index) => word === '*' || (word === '**' && index === last) || WORD.test(word))
  );
}

/**
 * Returns whether a pattern fits a topic, or every topic that another pattern fits. Takes time in proportion to their length.
 * @example
 * console.log(fitsTopic('player.**', 'player.track.changed'), fitsTopic('player.*', 'player.**')); // prints: true false
 */
export function fitsTopic(pattern: string, topic: string): boolean {
  const wanted = pattern.split('.');
  const given = topic.split('.');
  for (const [index, word] of wanted.entries()) {
    const other = given[index];
    if (other === undefined) return false;
    if (word === '**') return true;
    if (other === '**' || (word !== '*' && word !== other)) return false;
  }
  return wanted.length === given.length;
}
