import { printable } from './printable.js';

/** Most characters of one message that are shown: a guest decides its length. */
const MOST_CHARACTERS = 16_384;
const MOST_LINES = 100;

/**
 * Shows a message of a guest. Its further lines are indented, so that none looks like one of the program that prints it; a long
 * one is cut, with the size of the rest.
 */
export function logText(message: string, indent: string): string {
  const shown = message.slice(0, MOST_CHARACTERS);
  const lines = printable(shown).split('\n');
  const kept = lines.slice(0, MOST_LINES);
  if (lines.length > kept.length)
    kept.push(`… and ${(lines.length - kept.length).toLocaleString('en')} more lines`);
  if (message.length > shown.length)
    kept.push(`… and ${(message.length - shown.length).toLocaleString('en')} more characters`);
  return kept.join(`\n${indent}`);
}
