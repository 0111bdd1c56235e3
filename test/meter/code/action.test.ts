import { describe, expect, it } from 'vitest';
import { ACTION, actionOf } from '../../../engine/src/meter/code/action.js';
import { OP } from '../../../engine/src/module/index.js';

describe('actionOf()', () => {
  it.each<[keyof typeof ACTION, (keyof typeof OP)[]]>([
    ['PLAIN', ['NOP', 'DROP', 'I32_ADD', 'I32_CONST', 'GLOBAL_GET', 'REF_FUNC']],
    ['LOCAL', ['LOCAL_GET', 'LOCAL_SET', 'LOCAL_TEE']],
    ['CONST64', ['I64_CONST']],
    ['OPEN', ['BLOCK', 'LOOP', 'IF', 'TRY', 'TRY_TABLE']],
    ['END', ['END', 'DELEGATE']],
    ['BRANCH', ['BR', 'RETURN']],
    ['CONDITIONAL', ['BR_IF', 'BR_ON_NULL', 'BR_ON_NON_NULL', 'BR_ON_CAST', 'BR_ON_CAST_FAIL']],
    ['TABLE', ['BR_TABLE']],
    ['CALL', ['CALL', 'CALL_INDIRECT', 'CALL_REF']],
    ['LEAVE', ['UNREACHABLE', 'THROW', 'RETHROW', 'THROW_REF', 'RETURN_CALL', 'RETURN_CALL_REF']],
    ['BULK', ['MEMORY_GROW', 'TABLE_GROW', 'MEMORY_FILL', 'ARRAY_NEW']],
    ['WAIT', ['MEMORY_ATOMIC_WAIT32', 'MEMORY_ATOMIC_WAIT64']],
  ])('is %s of %j', (action, names) => {
    expect(names.filter((name) => actionOf(OP[name]) !== ACTION[action])).toEqual([]);
  });
});
