import { type SupervisorEvent, type SupervisorOptions } from '@wasm-plugin/engine/host';
import { Supervisor } from '#internals';
import { describe, expect, it } from 'vitest';
import { counterHost, faultyPackage } from './counter-host.js';

async function supervised(
  config: Record<string, string>,
  options: SupervisorOptions = {},
  { recovery = false }: { recovery?: boolean } = {},
) {
  const set = await counterHost({ recovery }, config);
  const events: SupervisorEvent[] = [];
  const { host, reloads, clock } = set;
  const supervisor = new Supervisor(host, reloads, {
    clock,
    random: () => 1,
    onEvent: (event) => events.push(event),
    ...options,
  });
  supervisor.watch('counter');
  const kinds = (): string[] =>
    events.map((event) => (event.kind === 'breaker' ? `${event.from} → ${event.to}` : event.kind));
  const close = async (): Promise<void> => {
    supervisor.close();
    await set.close();
  };
  return { ...set, supervisor, events, kinds, close };
}

describe('Supervisor', () => {
  it('starts a plugin that died anew, after a while that grows, with its whole state', async () => {
    const { counting, clock, plugin, events, close } = await supervised(
      { fault: 'call-3' },
      { backoff: { firstMs: 100, jitter: 0 }, breaker: { failures: 9 } },
      { recovery: true },
    );
    let waitMs = 100;
    for (let calls = 2n; calls <= 4n; calls += 1n) {
      const fresh = calls === 2n ? 2 : 0;
      for (let index = 0; index < fresh; index++) counting.add(1n);
      expect(() => counting.add(1n)).toThrow(expect.objectContaining({ code: 'WP_TRAP' }) as Error);
      expect(plugin.state).toBe('dead');
      await clock.pass(waitMs - 1);
      expect(plugin.state).toBe('dead');
      await clock.pass(1);
      await clock.pass(0);
      expect(plugin.state).toBe('ready');
      expect(counting.read()).toMatchObject({ calls: 2n });
      expect(events.at(-1)).toMatchObject({ kind: 'restarted', state: 'whole' });
      waitMs *= 2;
      // Two calls were made again, so the next one is the third of this instance.
    }
    await close();
  });

  it('starts from the last state that was saved', async () => {
    const { counting, clock, events, close } = await supervised({ fault: 'call-5' }, { saveMs: 1000 });
    counting.add(1n);
    counting.add(1n);
    await clock.pass(1000);
    counting.add(1n);
    counting.add(1n);
    expect(() => counting.add(1n)).toThrow();
    await clock.pass(200);
    expect(events.at(-1)).toMatchObject({ kind: 'restarted', state: 'last-good' });
    expect(counting.read()).toMatchObject({ calls: 2n });
    await close();
  });

  it('opens a breaker after too many failures, tries once, and closes or opens again', async () => {
    const { counting, clock, plugin, kinds, supervisor, close } = await supervised(
      { fault: 'call-2' },
      { backoff: { firstMs: 10 }, breaker: { failures: 2, openMs: 5000, proveMs: 1000 } },
    );
    const die = (): void => {
      counting.add(1n);
      expect(() => counting.add(1n)).toThrow();
    };
    die();
    await clock.pass(100);
    die();
    await clock.pass(100);
    expect([plugin.state, supervisor.breakerOf('counter')]).toEqual(['dead', 'open']);
    await clock.pass(5000);
    expect([plugin.state, supervisor.breakerOf('counter')]).toEqual(['ready', 'half-open']);
    die();
    await clock.pass(100);
    expect(supervisor.breakerOf('counter')).toBe('open');
    await clock.pass(5000);
    await clock.pass(1000);
    expect([plugin.state, supervisor.breakerOf('counter')]).toEqual(['ready', 'closed']);
    expect(kinds().filter((kind) => kind.includes('→'))).toEqual([
      'closed → open',
      'open → half-open',
      'half-open → open',
      'open → half-open',
      'half-open → closed',
    ]);
    await close();
  });

  it('puts a plugin into quarantine after too many restarts, until it is released', async () => {
    const { counting, clock, plugin, supervisor, events, close } = await supervised(
      { fault: 'call-1' },
      { backoff: { firstMs: 10 }, breaker: { failures: 100 }, mostRestarts: 3 },
    );
    for (let index = 0; index < 4; index++) {
      expect(() => counting.add(1n)).toThrow();
      await clock.pass(1000);
    }
    expect([plugin.state, supervisor.isQuarantined('counter')]).toEqual(['dead', true]);
    expect(events.at(-1)).toMatchObject({
      kind: 'quarantined',
      reason: 'it was started anew 3 times in 600000 ms',
    });
    await clock.pass(1_000_000);
    expect(plugin.state).toBe('dead');
    await supervisor.release('counter');
    expect([plugin.state, supervisor.isQuarantined('counter')]).toEqual(['ready', false]);
    await close();
  });

  it('starts a plugin anew that is unhealthy several times in a row', async () => {
    const { plugin, clock, kinds, close } = await supervised(
      { fault: 'health-refuse' },
      { healthMs: 100, unhealthyAfter: 3, breaker: { failures: 2 } },
    );
    const first = plugin.instance;
    await clock.pass(250);
    expect(plugin.instance).toBe(first);
    await clock.pass(60);
    // The fault is in every instance, and so health refuses the fresh one too.
    expect(kinds().slice(0, 4)).toEqual(['unhealthy', 'unhealthy', 'unhealthy', 'restart-failed']);
    expect([first?.state, plugin.state]).toEqual(['ready', 'ready']);
    await close();
  });

  it('leaves a plugin alone that a rollback has brought back', async () => {
    const { counting, clock, plugin, reloads, events, close } = await supervised({});
    counting.add(1n);
    await reloads.reload('counter', await faultyPackage('call-3'));
    expect([1n, 1n, 1n].map((amount) => counting.add(amount).version)).toEqual([2, 2, 1]);
    await clock.pass(0);
    expect([plugin.state, events]).toEqual(['ready', []]);
    await close();
  });
});
