import { describe, expect, it } from 'vitest';
import { MOMENTS, Tellers, type Moment } from './teller.js';

/** Actions of a host during a call from a guest. */
const ACTS: Readonly<Record<string, (tellers: Tellers) => unknown>> = {
  'a confirmation': ({ reloader }) => reloader.confirm(),
  'a rollback at once': ({ reloader }) => reloader.rollBackNow('now'),
  'a rollback': ({ reloader }) => reloader.rollBack('soon'),
  'a reload': (tellers) => tellers.reload(4),
  'a save': ({ reloader }) => reloader.save(),
  'a call': (tellers) => tellers.add(),
  'its close': ({ reloader }) => reloader.close(),
  'the end of the new version': ({ started }) =>
    started.find(({ version }) => version === '3.0.0')?.instance.close(),
};

const IMMEDIATE = { strategy: { kind: 'immediate' } } as const;
const TRIAL = { strategy: { kind: 'blue-green', calls: 4, share: 0.5, effects: 'accept' } } as const;

/** A teller that was reloaded before, and is reloaded again; the action happens in a moment of that. */
async function during(
  moment: Moment,
  act: (tellers: Tellers) => unknown,
  how: typeof IMMEDIATE | typeof TRIAL,
) {
  const tellers = await Tellers.create({ recovery: true, catchUp: 'always' });
  let answered = 0;
  const calls = (count: number): void => {
    for (let index = 0; index < count; index++) {
      try {
        tellers.add();
        answered++;
      } catch {
        // The call may fail: that is tested elsewhere.
      }
    }
  };
  calls(3);
  await tellers.reload(2);
  calls(3);
  const done: Promise<unknown>[] = [];
  tellers.onTell = (told) => {
    if (told !== moment) return;
    tellers.onTell = undefined;
    const result = act(tellers);
    if (typeof result === 'number') answered++;
    done.push(Promise.resolve(result).catch(() => undefined));
  };
  const reloading = tellers.reload(3, how).catch(() => 'failed');
  while ((await Promise.race([reloading, 'pending'])) === 'pending') {
    await tellers.clock.pass(0);
    if (how === TRIAL) calls(1);
  }
  calls(1);
  await Promise.all([reloading, ...done]);
  calls(2);
  await tellers.clock.pass(0);
  return { tellers, answered };
}

describe.each([
  ['a reload', IMMEDIATE],
  ['a trial', TRIAL],
] as const)('while a guest that is in %s calls the host,', (_, how) => {
  const acts = Object.entries(ACTS).flatMap(([name, act]) =>
    MOMENTS.map((moment) => [name, moment, act] as const),
  );

  it.each(acts)('%s in "%s" neither loses a call nor leaves an instance behind', async (_, moment, act) => {
    const { tellers, answered } = await during(moment, act, how);
    expect(tellers.add()).toBe(answered + 1);
    // Those that nobody needs any more are closed in a turn of their own.
    await tellers.clock.pass(0);
    const { current, reloader, started } = tellers;
    const kept = new Set([current, reloader.rollbackPoint]);
    expect(started.filter((each) => each.instance.state === 'ready' && !kept.has(each))).toEqual([]);
  });
});

it('a rollback that a new version brings about while it takes the state over holds', async () => {
  const { tellers } = await during('restore', ACTS['a rollback at once']!, IMMEDIATE);
  expect(tellers.current.version).toBe('1.0.0');
  expect(tellers.events.at(-1)).toMatchObject({ kind: 'failed', step: 'commit' });
});

it.each(['restore', 'health'] as const)(
  'calls of a version whose state was saved are refused: in %s',
  async (at) => {
    const refused: unknown[] = [];
    const { tellers } = await during(
      at,
      (within) => {
        try {
          within.add();
        } catch (error) {
          refused.push(error);
        }
      },
      IMMEDIATE,
    );
    expect(refused).toMatchObject([{ code: 'WP_LIFECYCLE' }]);
    expect(tellers.current.version).toBe('3.0.0');
  },
);

it('a trial whose calls never come does not keep what reloads the plugin from being closed', async () => {
  const tellers = await Tellers.create();
  const trial = tellers.reload(2, TRIAL);
  await tellers.clock.pass(0);
  await tellers.reloader.close();
  await expect(trial).rejects.toMatchObject({ step: 'health' });
  expect(tellers.started.map(({ instance }) => instance.state)).toEqual(['ready', 'closed']);
  expect(tellers.add()).toBe(1);
});
