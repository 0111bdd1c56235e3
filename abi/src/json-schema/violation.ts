import type { Problem } from '../errors.js';
import { describeValue } from './describe-value.js';

/** A problem, and the keyword of the schema that found it. */
export interface Violation extends Problem {
  keyword: string;
  /** The message without the value. */
  rule: string;
}

/** Makes a violation. A message that begins with "is" is complete; a description of the value precedes any other. */
export function violation(path: string, value: unknown, keyword: string, message: string): Violation {
  const shown = value === undefined || message.startsWith('is ') ? '' : `is ${describeValue(value)}: `;
  return { path, value, keyword, message: `${shown}${message}`, rule: message };
}
