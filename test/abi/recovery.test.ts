import { ERROR_CODES, PluginError, recoveryOf, TrapError, type ErrorCode } from '@wasm-plugin/abi';
import { expect, it } from 'vitest';

it('recoveryOf() says what helps against each code', () => {
  const found = new Set(
    (Object.keys(ERROR_CODES) as ErrorCode[]).map((code) => recoveryOf(new PluginError(code, 'Cannot: x'))),
  );
  expect([...found].toSorted()).toEqual(['call', 'change', 'restart', 'wait']);
});

it('recoveryOf() knows traps, refusals, misfits and the errors of others', () => {
  expect(recoveryOf(new TrapError('WP_TRAP', 'Cannot: x'))).toBe('restart');
  expect(recoveryOf(new PluginError('WP_GUEST', 'no'))).toBe('call');
  expect(recoveryOf(new PluginError('WP_GUEST', 'no', { instanceUsable: false }))).toBe('restart');
  expect(recoveryOf(new PluginError('WP_MODULE_INVALID', 'no'))).toBe('change');
  expect(recoveryOf(new Error('socket'))).toBe('wait');
});
