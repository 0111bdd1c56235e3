import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { describe, expect, it } from 'vitest';
import { BIN, callCli, plainEnvironment, repoFile, runCli } from './run-cli.js';

const COMPRESSOR = repoFile('plugins-rust/build/compressor.wasm');

describe('wasm-plugin', () => {
  it.each([
    'bench',
    'build',
    'dev',
    'host',
    'ps',
    'start',
    'stop',
    'reload',
    'rollback',
    'health',
    'logs',
    'history',
    'top',
    'keygen',
    'list',
    'pack',
    'sign',
    'verify',
    'publish',
    'yank',
    'deprecate',
    'search',
    'install',
    'outdated',
    'update',
    'uninstall',
    'completion',
    'explain',
    'inspect',
    'new',
    'types',
    'run',
    'state export',
    'state import',
    'state show',
    'wit build',
  ])('%s has help with examples and exit codes', async (verb) => {
    const { code, stdout, stderr } = await callCli([...verb.split(' '), '--help']);
    expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
    expect(stdout).toContain(`Usage: wasm-plugin ${verb} [options]`);
    expect(stdout).toContain('Examples:');
    expect(stdout).toContain('Exit codes:');
  });

  it('prints its version', () => {
    expect(runCli(['--version'])).toEqual({ code: 0, stdout: '0.1.0\n', stderr: '' });
  });

  it.each([
    [['rnu'], "unknown command 'rnu'", '(Did you mean run?)'],
    [['wit', 'bild'], "unknown command 'bild'", '(Did you mean build?)'],
    [['inspect', COMPRESSOR, '--jsn'], "unknown option '--jsn'", '(Did you mean --json?)'],
    [['inspect'], "missing required argument 'file'", 'See "wasm-plugin inspect --help".'],
    [['inspect', 'a', 'b'], 'too many arguments', 'See "wasm-plugin inspect --help".'],
    [
      ['wit', 'build', 'wit'],
      "required option '-o, --output <file>' not specified",
      'See "wasm-plugin wit build --help".',
    ],
  ])('%j is wrong usage', async (args, reason, advice) => {
    const { code, stdout, stderr } = await callCli(args);
    expect({ code, stdout }).toEqual({ code: 2, stdout: '' });
    expect(stderr).toContain(reason);
    expect(stderr).toContain(advice);
  });

  it('prints one JSON object for wrong usage too', async () => {
    const { code, stdout } = await callCli(['inspect', '--json']);
    expect(code).toBe(2);
    expect(JSON.parse(stdout)).toMatchObject({ error: { message: "missing required argument 'file'" } });
  });

  it('ends without a word when nobody reads on', async () => {
    const child = spawn(process.execPath, [BIN, 'inspect', COMPRESSOR], {
      stdio: ['ignore', 'pipe', 'pipe'],
      env: plainEnvironment(),
    });
    let stderr = '';
    child.stderr.on('data', (chunk: Buffer) => (stderr += chunk.toString()));
    child.stdout.destroy();
    const [code] = (await once(child, 'close')) as [number];
    expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
  });
});
