import { describe, expect, it } from 'vitest';
import { start } from './support.js';

/** One attempt of a plugin, and the capability that it needs. */
interface Trial {
  words: string[];
  capability: string;
  /** Value found with the capability. */
  value: RegExp;
}

/** Imports that have no way to refuse. */
const ENDS: Trial[] = [
  { words: ['env', 'NAME'], capability: 'env:NAME', value: /^Ada$/ },
  { words: ['env'], capability: 'env:NAME', value: /^NAME=Ada$/ },
  { words: ['now'], capability: 'clock', value: /^1700000000$/ },
  { words: ['elapsed'], capability: 'clock', value: /^0$/ },
  { words: ['sleep', '50'], capability: 'clock', value: /^slept$/ },
  { words: ['random'], capability: 'random', value: /^0707070707070707$/ },
  { words: ['random', '100000'], capability: 'random', value: /^100000$/ },
];

/** Imports that tell the guest. */
const TOLD: Trial[] = [
  { words: ['print', 'hello'], capability: 'stdio', value: /^done$/ },
  { words: ['eprint', 'hello'], capability: 'stdio', value: /^done$/ },
  { words: ['input'], capability: 'stdio', value: /^typed$/ },
];

let nowNs = 0n;
const HOST = {
  env: { NAME: 'Ada', SECRET: 'hidden' },
  stdio: { stdin: 'typed' },
  random: (bytes: Uint8Array) => bytes.fill(7),
  clock: {
    monotonicNs: () => nowNs,
    wallNs: () => 1_700_000_000_000_000_000n,
    wait: (ms: number) => void (nowNs += BigInt(Math.round(ms * 1e6))),
  },
};

describe.each([...ENDS, ...TOLD])('a guest that tries $words', ({ words, capability, value }) => {
  it(`may with "${capability}"`, async () => {
    const { attempt } = await start('probe', { ...HOST, grants: [capability] });
    expect(attempt(...words).value).toMatch(value);
  });
});

describe.each(ENDS)('a guest that tries $words', ({ words, capability }) => {
  it('ends, and the error names what the host does not grant', async () => {
    const { attempt } = await start('probe', { ...HOST, permissions: [capability], grants: [] });
    const { code, message, state, denials } = attempt(...words);
    expect({ code, state, denials }).toEqual({
      code: 'WP_CAPABILITY',
      state: 'dead',
      denials: [`${capability} host`],
    });
    expect(message).toContain(`Cannot let "probe" use "${capability}": the host does not grant it`);
  });

  it('ends, and the error names what its manifest does not ask for', async () => {
    const { attempt } = await start('probe', { ...HOST, permissions: [], grants: [capability] });
    const { code, message } = attempt(...words);
    expect(code).toBe('WP_CAPABILITY');
    expect(message).toContain('its manifest does not ask for it');
    expect(message).toContain(`"${capability.replace('NAME', '*')}"`);
    expect(message).toContain(`{ "capability": "${capability.replace('NAME', '*')}", "reason": "…" }`);
  });
});

describe.each(TOLD)('a guest that tries $words', ({ words, capability }) => {
  it('is told that it may not, and lives', async () => {
    const { attempt } = await start('probe', { ...HOST, permissions: [capability], grants: [] });
    expect(attempt(...words)).toMatchObject({
      failure: expect.stringMatching(/I\/O error/) as string,
      state: 'ready',
      denials: [`${capability} host`],
    });
  });
});

describe('a guest', () => {
  it.each([
    ['socket', 'tcp'],
    ['socket', 'udp'],
    ['resolve', 'localhost'],
  ])('is never given a socket: %s %s', async (...words) => {
    const { attempt } = await start('probe', { ...HOST, grants: ['http:*', 'clock', 'stdio'] });
    expect(attempt(...words)).toMatchObject({
      failure: 'access-denied',
      state: 'ready',
      denials: ['sockets host'],
    });
  });

  it('uses hash tables without any capability', async () => {
    const { attempt } = await start('probe', { grants: [] });
    expect(attempt('hash')).toEqual({ value: 'two', state: 'ready', denials: [] });
  });

  it('sees the variables that are granted, and no other', async () => {
    const env = { APP_A: '1', APP_B: '2', APPLE: '3', HOME: '/home' };
    const { attempt } = await start('probe', {
      env,
      permissions: ['env:APP*'],
      grants: ['env:APP_*', 'env:HOME'],
    });
    expect(attempt('env').value).toBe('APP_A=1 APP_B=2');
    expect(attempt('env', 'HOME').failure).toBe('environment variable not found');
  });

  it('sees every variable with "env:*", whatever its name', async () => {
    const env = {
      A: '1',
      'discovery.type': '2',
      'my-var': '3',
      'ProgramFiles(x86)': '4',
      '1Z': '5',
      Ü: '6',
      '=C:': '7',
    };
    const { attempt } = await start('probe', { env, grants: ['env:*'] });
    expect(attempt('env').value).toBe('1Z=5 A=1 ProgramFiles(x86)=4 discovery.type=2 my-var=3 Ü=6');
  });

  it('sees an empty environment where the host prefers that to an end', async () => {
    const { attempt } = await start('probe', { ...HOST, grants: [], emptyEnvironment: true });
    expect(attempt('env')).toEqual({ value: '', state: 'ready', denials: ['env:* manifest'] });
  });

  it('ends itself with exit, not the process', async () => {
    const { attempt, instance } = await start('probe', { grants: [] });
    expect(attempt('exit', '3')).toMatchObject({ code: 'WP_EXIT', state: 'dead' });
    expect(instance.death).toMatchObject({ name: 'ExitError', status: 1 });
    expect(attempt('hash')).toMatchObject({ code: 'WP_EXIT' });
  });

  it('loses what is taken back at the next call', async () => {
    let grants: string[] = ['random'];
    const { attempt } = await start('probe', { permissions: ['random'], grants: () => grants });
    expect(attempt('random').state).toBe('ready');
    grants = [];
    expect(attempt('random')).toMatchObject({ code: 'WP_CAPABILITY', state: 'dead' });
  });

  it('may not wait longer than a call may take', async () => {
    const { attempt } = await start('probe', { ...HOST, grants: ['clock'], limits: { wallMs: 1000 } });
    expect(attempt('sleep', '900').value).toBe('slept');
    expect(attempt('sleep', '100000')).toMatchObject({
      code: 'WP_QUOTA_WALL',
      message: expect.stringContaining(
        'the limit "wallMs" of 1000 ms would be passed by a wait that ends after 100000 ms',
      ) as string,
      state: 'dead',
    });
  });

  it('may not ask for more random bytes than the host can hold', async () => {
    const { attempt } = await start('probe', { ...HOST, grants: ['random'] });
    expect(attempt('random', String(2 ** 40))).toMatchObject({ code: 'WP_QUOTA_HOST', state: 'dead' });
  });
});
