import { execFileSync, spawnSync } from 'node:child_process';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { callCli, temporaryFolder } from './run-cli.js';

const FOLDER = temporaryFolder();
const SHELLS = ['bash', 'zsh', 'fish'] as const;
const scripts: Record<string, string> = {};
for (const shell of SHELLS) scripts[shell] = (await callCli(['completion', shell])).stdout;
for (const [shell, script] of Object.entries(scripts)) writeFileSync(join(FOLDER, shell), script);

/** The shells of this machine besides bash, which is on every one that runs these tests. */
const THERE = SHELLS.filter((shell) => spawnSync(shell, ['--version']).error === undefined);
for (const shell of SHELLS)
  if (!THERE.includes(shell))
    console.log(`skipped: reading the completion by ${shell}, which is not installed`);

describe('wasm-plugin completion', () => {
  it.each(THERE)('is a script that %s can read', (shell) => {
    expect(spawnSync(shell, ['-n', join(FOLDER, shell)], { encoding: 'utf8' })).toMatchObject({
      status: 0,
      stderr: '',
    });
  });

  it.each(SHELLS)('has every command and option in %s', async (shell) => {
    const help = (await callCli(['--help'])).stdout;
    const commands = [...(/Commands:\n([\s\S]*?)\n\n/.exec(help)?.[1] ?? '').matchAll(/^ {2}(\w+)/gm)].map(
      ([, name]) => name,
    );
    expect(commands.length).toBeGreaterThan(20);
    for (const name of commands.filter((each) => each !== 'help')) expect(scripts[shell]).toContain(name);
    for (const option of ['trusted-key', 'allow-downgrade', 'log-level'])
      expect(scripts[shell]).toContain(option);
  });

  it.each([
    [['unin'], ['uninstall']],
    [['state', 'ex'], ['export']],
    [['install', '--tr'], ['--trusted-key']],
    [['new', '--world', 'pl'], ['plugin']],
    [['new', '-w', 'o'], ['own']],
    [['install', 'x', '--js'], ['--json']],
  ])('offers for %j in bash %j', (words, offered) => {
    const line = ['wasm-plugin', ...words].map((word) => `"${word}"`).join(' ');
    const script = `source "${join(FOLDER, 'bash')}"; COMP_WORDS=(${line}); COMP_CWORD=${words.length}; _wasm_plugin; printf '%s\\n' "\${COMPREPLY[@]}"`;
    expect(
      execFileSync('bash', ['-c', script], { encoding: 'utf8', cwd: FOLDER }).trim().split('\n'),
    ).toEqual(offered);
  });

  it('knows no other shell', async () => {
    const { code, stderr } = await callCli(['completion', 'csh']);
    expect(code).toBe(2);
    expect(stderr).toContain("'csh' is invalid for argument 'shell'. Allowed choices are bash, zsh, fish.");
  });
});
