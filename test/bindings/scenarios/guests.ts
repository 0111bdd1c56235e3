import { readFileSync } from 'node:fs';
import { composeComponents } from './compose.js';
import { projectFolder } from '../../wast/index.js';
import { hostSubject, PACKAGE } from './host-subject.js';

export const LANGUAGES = ['assemblyscript', 'rust'] as const;
export type Language = (typeof LANGUAGES)[number];

const FOLDERS = { assemblyscript: 'plugins-as', rust: 'plugins-rust' } as const;

/** The interfaces that stand in between, too. */
const PASSED_ON = [`${PACKAGE}/results`, `${PACKAGE}/things`];

/** Returns the component of a guest, as it is checked in. */
export function guestBytes(role: 'subject' | 'runner' | 'middle', language: Language): Uint8Array {
  return readFileSync(new URL(`${FOLDERS[language]}/build/scenario-${role}.wasm`, projectFolder()));
}

/** Makes one component of a runner and a subject, or of those and what stands between them. It exports `run`. */
export function composeGuests(runner: Language, subject: Language, middle?: Language): Uint8Array {
  const names = Object.keys(hostSubject()).filter((name) => name !== 'thunk');
  const passedOn = Object.fromEntries(PASSED_ON.map((name) => [name, 0]));
  const between = middle === undefined ? [] : [{ bytes: guestBytes('middle', middle), instances: passedOn }];
  const instances = Object.fromEntries(
    names.map((name) => [name, middle !== undefined && PASSED_ON.includes(name) ? 1 : 0]),
  );
  return composeComponents(
    [
      { bytes: guestBytes('subject', subject) },
      ...between,
      { bytes: guestBytes('runner', runner), instances, functions: { thunk: 0 } },
    ],
    ['run'],
  );
}
