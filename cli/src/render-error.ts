import { ERROR_CODES, PluginError, QuotaError } from '@wasm-plugin/abi';
import { CliError } from './cli-error.js';
import type { Io } from './io.js';
import { printable, wrap } from './terminal/index.js';

/** Prints an error for the user. Only a fault of the command itself has a stack trace. */
export function renderError(error: unknown, io: Io): string {
  const lines = [`${io.styleErr('red', 'error:')} ${printable(messageOf(error))}`];
  const { hint } = (error ?? {}) as { hint?: unknown };
  const code = codeOf(error);
  if (typeof hint === 'string') lines.push(`${io.styleErr('cyan', ' hint:')} ${printable(hint)}`);
  if (code !== undefined)
    lines.push(`${io.styleErr('cyan', ' code:')} ${code}, see "wasm-plugin explain ${code}"`);
  if (!isExpected(error) && error instanceof Error) {
    lines.push('This is a bug in wasm-plugin. What led to it:', printable(error.stack ?? ''));
  }
  return `${wrap(lines.join('\n'), io.columnsErr, { hanging: 2 })}\n`;
}

/** The code of an error that there is a page about. */
function codeOf(error: unknown): string | undefined {
  const { code } = (error ?? {}) as { code?: unknown };
  return typeof code === 'string' && Object.hasOwn(ERROR_CODES, code) ? code : undefined;
}

/** Returns the object that `--json` prints for a failure. */
export function errorReport(error: unknown): { error: Record<string, unknown> } {
  const { code, hint, payload } = (error ?? {}) as { code?: unknown; hint?: unknown; payload?: unknown };
  const quota = error instanceof QuotaError ? error : undefined;
  const trace = PluginError.is(error) ? error.trace : [];
  return {
    error: {
      message: messageOf(error),
      ...(typeof code === 'string' && code !== '' ? { code } : {}),
      ...(hint === undefined ? {} : { hint }),
      ...(payload === undefined ? {} : { payload }),
      ...(quota && { limit: quota.limit, unit: quota.unit, allowed: quota.allowed, used: quota.used }),
      ...(trace.length > 0 && { trace }),
    },
  };
}

/** The exit code that stands for an error. */
export function exitCodeOf(error: unknown): number {
  return error instanceof CliError ? error.exitCode : 1;
}

function messageOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}

function isExpected(error: unknown): boolean {
  return error instanceof CliError || PluginError.is(error);
}
