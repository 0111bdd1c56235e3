import { runCommand } from '@wasm-plugin/engine/sandbox';
import { describe, expect, it } from 'vitest';
import { playground, start } from '../support.js';

describe('runCommand()', () => {
  it('runs a program for Preview 1 with arguments, variables, streams and files', async () => {
    const { open, remove } = playground();
    let text = '';
    const { instance } = await start('words', {
      grants: ['stdio', 'env:WORDS_NAME', `fs:${open}:ro`],
      args: ['words', `${open}/a.txt`],
      env: { WORDS_NAME: 'Ada', SECRET: 'x' },
      stdio: { stdin: 'first\nsecond\n', stdout: (bytes) => (text += new TextDecoder().decode(bytes)) },
    });
    expect(runCommand(instance)).toBe(0);
    expect(text).toBe(`1 words for Ada\n${open}/a.txt\nfirst\nsecond\nhello`);
    expect(instance.state).not.toBe('ready');
    remove();
  });

  it('gives the status of a program that could not read a file', async () => {
    let errors = '';
    const { instance, sandbox } = await start('words', {
      grants: ['stdio', 'env:WORDS_NAME'],
      args: ['words', '/etc/passwd'],
      stdio: { stderr: (bytes) => (errors += new TextDecoder().decode(bytes)) },
    });
    expect(runCommand(instance)).toBe(1);
    expect(errors).toMatch(/^\/etc\/passwd: /);
    expect(sandbox.denials.map(({ message }) => message)).toEqual([
      'Cannot let "words" use "fs:/etc/passwd:ro": its manifest does not ask for it',
    ]);
  });

  it('throws what else ends a program', async () => {
    const { instance } = await start('words', { grants: [], args: ['words'] });
    expect(() => runCommand(instance)).toThrow('Cannot let "words" use "env:*"');
  });

  it('gives the status of an aborted program for what else ends it, where the host takes that', async () => {
    const { instance } = await start('words', { grants: [], args: ['words'] });
    const ends: string[] = [];
    expect(runCommand(instance, { onTrap: ({ code }) => ends.push(code) })).toBe(134);
    expect(ends).toEqual(['WP_CAPABILITY']);
    expect(instance.state).not.toBe('ready');
  });

  it('refuses a component that is no program', async () => {
    const { instance } = await start('probe', { grants: [] });
    expect(() => runCommand(instance)).toThrow('Cannot run the component: it does not export "wasi:cli/run"');
  });
});
