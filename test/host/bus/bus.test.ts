import { createPluginHost, type CreatePluginHostOptions, type HostEvents } from '@wasm-plugin/engine/host';
import { afterEach, describe, expect, it } from 'vitest';
import { ManualClock } from '../../reload/counter.js';
import { pluginFiles } from '../plugin-files.js';
import { listeningComponent, type Listening, type Receiving } from './listening-component.js';

const ends: (() => Promise<void>)[] = [];

afterEach(async () => {
  for (const end of ends.splice(0)) await end();
});

const SUBSCRIBES = { capability: 'subscribe:player.**', reason: 'to follow', required: false };
const ANSWERS = { capability: 'subscribe:answer', reason: 'to follow', required: false };
const PUBLISHES = [
  { capability: 'publish:player.**', reason: 'to tell', required: false },
  { capability: 'publish:answer', reason: 'to answer', required: false },
];
const GRANTS = ['subscribe:**', 'publish:player.track.*', 'publish:answer'];

/** Makes a host, and a way to load plugins that receive events. */
function busHost(options: CreatePluginHostOptions = {}) {
  const clock = new ManualClock();
  const host = createPluginHost({ clock, grants: GRANTS, ...options });
  ends.push(() => host.close());
  const faults: HostEvents['bus'][] = [];
  host.on('bus', (fault) => faults.push(fault));
  const load = async (id: string, receiving: Receiving = 'takes', manifest: object = {}) => {
    const permissions = [SUBSCRIBES, ...PUBLISHES];
    await host.add(pluginFiles(id, { permissions, ...manifest }, await listeningComponent(receiving)));
    return (await host.load<Listening>(id)).exports;
  };
  return { host, clock, faults, load };
}

describe('the event bus', () => {
  it('delivers later, by pattern and grant, and not to who has published', async () => {
    const { host, clock, load } = busHost();
    const [one, other] = [await load('one'), await load('other')];
    expect(one.publishTimes('player.track.changed', 1)).toBe(1);
    expect(host.bus.publish('player.track.changed', 'x')).toBe(2);
    expect(host.bus.publish('library.changed')).toBe(0);
    expect([one.received(), other.received()]).toEqual([0, 0]);
    await clock.pass(1);
    expect([one.received(), other.received()]).toEqual([1, 2]);
  });

  it('refuses topics that are none or are not granted, in words of the interface', async () => {
    const { host, clock, load } = busHost();
    const one = await load('one');
    const denied: string[] = [];
    host.on('denied', ({ error }) => denied.push(`${error.lacking} ${error.capability}`));
    // denied, denied, invalid-topic, invalid-topic
    expect(one.publishTimes('library.changed', 1)).toBe(100);
    expect(one.publishTimes('player.stopped', 1)).toBe(100);
    expect(one.publishTimes('player.*', 1)).toBe(101);
    expect(one.publishTimes('Player', 1)).toBe(101);
    expect(denied).toEqual(['manifest publish:library.changed', 'host publish:player.stopped']);
    host.get('one').grants = [];
    expect(host.bus.publish('player.a')).toBe(0);
    await clock.pass(1);
    expect(one.received()).toBe(0);
  });

  it('does not deliver what was queued before a grant was taken back', async () => {
    const { host, clock, load } = busHost();
    const one = await load('one');
    host.bus.publish('player.a');
    host.get('one').grants = [];
    await clock.pass(1);
    expect(one.received()).toBe(0);
  });

  it('calls listeners of the host, with content and publisher', async () => {
    const { host, clock, load } = busHost();
    const seen: unknown[] = [];
    const end = host.bus.subscribe('player.*.changed', (event, missed) => seen.push([event, missed]));
    (await load('one')).publishTimes('player.track.changed', 1);
    await clock.pass(1);
    const event = {
      topic: 'player.track.changed',
      publisher: 'one',
      content: { tag: 'text', val: 'answer' },
    };
    expect(seen).toEqual([[event, 0]]);
    end();
    host.bus.publish('player.track.changed');
    await clock.pass(1);
    expect(seen).toHaveLength(1);
    expect(() => host.bus.publish('player.*')).toThrow(/is no topic/);
    expect(() => host.bus.subscribe('**.a', () => undefined)).toThrow(/is no topic/);
    expect(() => host.bus.publish('a', new Uint8Array(65_537))).toThrow(/65537 bytes, at most 65536/);
  });

  it.each([
    ['drop-oldest', ['7', '8', '9'], 7],
    ['drop-newest', ['0', '1', '2'], 7],
    ['keep-latest', ['9'], 0],
  ] as const)(
    'loses events by the rule %s when a queue is full, and says so',
    async (overflow, kept, lost) => {
      const { host, clock } = busHost();
      const seen: string[] = [];
      let missed = 0;
      const listener = ({ content }: { content: { val?: unknown } }, count: number): void => {
        seen.push(String(content.val));
        missed += count;
      };
      host.bus.subscribe('a', listener as never, { queueEvents: 3, overflow });
      for (let index = 0; index < 10; index++) host.bus.publish('a', String(index));
      await clock.pass(1);
      expect([seen, missed]).toEqual([kept, lost]);
    },
  );

  it('tells of a plugin that loses events, once until its queue is empty', async () => {
    const { host, clock, faults, load } = busHost();
    const one = await load('one', 'takes', { events: { queue: 2 } });
    for (let round = 0; round < 2; round++) {
      for (let index = 0; index < 5; index++) host.bus.publish('player.a');
      await clock.pass(1);
    }
    expect([one.received(), one.missed()]).toEqual([4, 6]);
    const fault = { plugin: 'one', kind: 'dropped', topic: 'player.a' };
    expect(faults).toEqual([fault, fault]);
    expect(host.bus.counts()).toEqual([{ plugin: 'one', queued: 0, delivered: 4, dropped: 6, failed: 0 }]);
  });

  it('bounds the bytes that wait', async () => {
    const { host, clock } = busHost({ bus: { queueBytes: 3000 } });
    const seen: unknown[] = [];
    host.bus.subscribe('**', (_event, missed) => seen.push(missed));
    for (let index = 0; index < 10; index++) host.bus.publish('a', 'x'.repeat(800));
    await clock.pass(1);
    expect(seen).toEqual([7, 0, 0]);
  });

  it('ends a subscriber that loops by its budget, and others have the event', async () => {
    const { host, clock, faults, load } = busHost({ limits: { fuel: 100_000 } });
    await load('looping', 'loops');
    const other = await load('other');
    host.bus.publish('player.a');
    await clock.pass(1);
    expect([host.get('looping').state, other.received()]).toEqual(['dead', 1]);
    expect(faults).toMatchObject([{ plugin: 'looping', kind: 'failed', error: { code: 'WP_QUOTA_FUEL' } }]);
  });

  it('goes on where a subscriber refuses an event, and tells of the first', async () => {
    const { host, clock, faults, load } = busHost();
    const one = await load('one', 'refuses');
    for (let index = 0; index < 3; index++) host.bus.publish('player.a');
    await clock.pass(1);
    expect(one.received()).toBe(3);
    expect(faults).toMatchObject([
      { plugin: 'one', kind: 'failed', error: { message: expect.stringContaining('no') } },
    ]);
  });

  it('keeps the queue of a plugin that dies, which goes on with the next event once it is back', async () => {
    const { host, clock, load } = busHost({ supervise: true });
    await load('one', 'traps');
    host.bus.publish('player.a');
    host.bus.publish('player.b');
    await clock.pass(60_000);
    expect(host.bus.counts()).toMatchObject([{ plugin: 'one', queued: 0, failed: 2 }]);
    await host.unload('one');
    expect(host.bus.counts()).toEqual([]);
  });

  it('keeps the queue of a plugin that is reloaded', async () => {
    const { host, clock, load } = busHost();
    await load('one');
    host.bus.publish('player.a');
    const reloading = host.reload('one');
    host.bus.publish('player.b');
    await clock.pass(1);
    await reloading;
    await clock.pass(100);
    expect(host.bus.counts()).toMatchObject([{ plugin: 'one', queued: 0, delivered: 2 }]);
  });

  it('ends a loop of answers', async () => {
    const { host, clock, faults, load } = busHost();
    const permissions = [SUBSCRIBES, ANSWERS, ...PUBLISHES];
    const [one, other] = [
      await load('one', 'answers', { permissions }),
      await load('other', 'answers', { permissions }),
    ];
    host.bus.publish('player.a');
    await clock.pass(1000);
    expect(one.received() + other.received()).toBe(66);
    expect(faults).toMatchObject([
      { kind: 'refused', reason: 'too-deep' },
      { kind: 'refused', reason: 'too-deep' },
    ]);
  });

  it('bounds the events of a plugin in a second', async () => {
    const { clock, faults, load } = busHost({ bus: { eventsPerSecond: 10 } });
    const one = await load('one');
    expect(one.publishTimes('player.track.changed', 10)).toBe(0);
    expect(one.publishTimes('player.track.changed', 5)).toBe(103);
    await clock.pass(1000);
    expect(one.publishTimes('player.track.changed', 1)).toBe(0);
    expect(faults).toMatchObject([{ plugin: 'one', kind: 'refused', reason: 'too-many' }]);
  });

  it('waits for the promise of a listener, and holds up nobody else', async () => {
    const { host, clock } = busHost();
    const seen: string[] = [];
    host.bus.subscribe('**', ({ topic }) => {
      seen.push(`never ${topic}`);
      return new Promise(() => undefined);
    });
    host.bus.subscribe('**', ({ topic }) => seen.push(topic));
    for (const topic of ['a', 'b']) host.bus.publish(topic);
    await clock.pass(1);
    expect(seen).toEqual(['never a', 'a', 'b']);
    expect(host.bus.counts()).toMatchObject([{ queued: 1 }, { queued: 0 }]);
  });

  it('reports what a listener throws, and goes on', async () => {
    const { host, clock } = busHost();
    const problems: unknown[] = [];
    host.on('problem', ({ error }) => problems.push(error));
    let count = 0;
    host.bus.subscribe('a', () => {
      count++;
      throw new Error('no');
    });
    for (let index = 0; index < 2; index++) host.bus.publish('a');
    await clock.pass(1);
    expect([count, problems]).toEqual([2, [new Error('no')]]);
  });
});

describe('the event bus across threads', () => {
  it('reaches a plugin in a thread of its own, tells of one that is late, and holds up nobody', async () => {
    const { host, clock, faults, load } = busHost({
      plugins: { 'worker-*': { isolation: 'worker' } },
      bus: { lateMs: 100 },
    });
    const loops = await load('worker-loops', 'loops');
    const takes = (await load('worker-takes')) as unknown as {
      received(): Promise<number>;
      publishTimes: Listening['publishTimes'];
    };
    const here = await load('here');
    host.bus.publish('player.a');
    await clock.pass(1);
    // A call comes after the event that was sent before it.
    expect([await takes.received(), here.received()]).toEqual([1, 1]);
    await clock.pass(200);
    expect(faults).toEqual([{ plugin: 'worker-loops', kind: 'late', topic: 'player.a' }]);
    expect(await takes.publishTimes('player.track.changed', 1)).toBe(2);
    expect(loops).toBeDefined();
  });
});
