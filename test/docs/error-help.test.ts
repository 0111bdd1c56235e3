import { readFileSync } from 'node:fs';
import { ERROR_CODES, type ErrorCode } from '@wasm-plugin/abi';
import { ERROR_HELP } from '@wasm-plugin/abi/error-help';
import { describe, expect, it } from 'vitest';
import { runCli } from '../cli/run-cli.js';

const CODES = Object.keys(ERROR_CODES) as ErrorCode[];
const LIMITS = readFileSync(new URL('../../README.md', import.meta.url), 'utf8');

describe('ERROR_HELP', () => {
  it('has the cause and the cure of every code, in sentences', () => {
    expect(Object.keys(ERROR_HELP)).toEqual(CODES);
    for (const { cause, cure } of Object.values(ERROR_HELP))
      for (const text of [cause, cure]) expect(text).toMatch(/^[A-Z0-9`].*[.]$/s);
  });

  it('names only verbs that there are', () => {
    const help = runCli(['--help']).stdout;
    const named = Object.values(ERROR_HELP).flatMap(({ cause, cure }) =>
      [...`${cause} ${cure}`.matchAll(/`wasm-plugin (\w+)/g)].map(([, verb]) => verb),
    );
    for (const verb of named) expect(help).toMatch(new RegExp(`^ {2}${verb}\\b`, 'm'));
  });

  it('names the limit that a code of a quota is about', () => {
    for (const code of CODES.filter((each) => each.startsWith('WP_QUOTA'))) {
      const named = [
        ...ERROR_HELP[code].cure.matchAll(/`(\w+)`/g),
        ...ERROR_HELP[code].cause.matchAll(/`(\w+)`/g),
      ];
      expect(named.some(([, name]) => LIMITS.includes(`| \`${name}\` |`))).toBe(true);
    }
  });
});

describe('wasm-plugin explain', () => {
  it('leads from a message to its cause and cure', () => {
    const { stderr } = runCli(['install', 'acme.eq', '-r', 'http://127.0.0.1:1']);
    const [, command = ''] = /see "wasm-plugin (explain WP_\w+)"/.exec(stderr) ?? [];
    const { code, stdout } = runCli(command.split(' '));
    expect(code).toBe(0);
    expect(stdout).toContain(ERROR_HELP.WP_REGISTRY.cure);
  });

  it('prints JSON, lists all codes, and helps with a wrong one', () => {
    expect(JSON.parse(runCli(['explain', 'wp_trap', '--json']).stdout)).toMatchObject({ code: 'WP_TRAP' });
    expect(runCli(['explain']).stdout.trim().split('\n')).toHaveLength(CODES.length + 1);
    const { code, stderr } = runCli(['explain', 'WP_TRAPP']);
    expect(code).toBe(2);
    expect(stderr).toContain('Is "WP_TRAP" meant?');
  });
});
