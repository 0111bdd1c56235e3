import type { ComponentValue, ScriptPattern } from '../../wast/index.js';
import { failed, messagesAgree, PASSED } from '../suite/index.js';
import type { CaseOutcome } from '../suite/index.js';
import type { TargetError } from './component-target.js';
import { matchesJsValue } from './match-js-value.js';

/** Result of an action. */
export type Ended = { value: unknown } | { error: TargetError };

/** Judges an action that should return `results`. */
export function judgeResult(results: ScriptPattern[], ended: Ended): CaseOutcome {
  const expected = results.flatMap((result) => ('component' in result ? result.component : []))[0];
  if ('error' in ended) return judgeErrorCase(expected, ended.error);
  // The ok case of a function's own result is the value returned.
  const value = expected?.kind === 'result' && expected.tag === 'ok' ? expected.payload : expected;
  if (value === undefined ? ended.value === undefined : matchesJsValue(value, ended.value)) return PASSED;
  return failed(`wanted ${show(expected)}, got ${show(ended.value)}`);
}

/** Judges an action that should trap. */
export function judgeTrap(message: string, ended: Ended): CaseOutcome {
  if ('value' in ended) return failed(`wanted a trap, got ${show(ended.value)}`);
  return ended.error.kind === 'trap'
    ? judgeMessage(message, ended.error)
    : failed('wanted a trap, got another error');
}

/** Notes where an error of the right kind says something else than the script wants. */
export function judgeMessage(wanted: string, said: TargetError): CaseOutcome {
  return messagesAgree(wanted, said.message)
    ? PASSED
    : { outcome: 'passed', note: `wanted "${wanted}", got "${said.message}"` };
}

function judgeErrorCase(expected: ComponentValue | undefined, error: TargetError): CaseOutcome {
  if (error.kind !== 'guest' || expected?.kind !== 'result' || expected.tag !== 'err') {
    return failed(`wanted ${show(expected)}, got an error`);
  }
  const { payload } = expected;
  if (payload === undefined || matchesJsValue(payload, error.payload)) return PASSED;
  return failed(`wanted ${show(payload)}, got ${show(error.payload)}`);
}

function show(value: unknown): string {
  return (
    JSON.stringify(value, (_, part: unknown) => (typeof part === 'bigint' ? `${part}n` : part)) ?? 'nothing'
  );
}
