import { readFileSync } from 'node:fs';
import { resolveLimits } from '@wasm-plugin/abi';
import { beforeEach, describe, expect, it } from 'vitest';
import {
  compileComponent,
  postedFrom,
  traceOfStack,
  type CompiledComponent,
} from '../../engine/src/runtime/index.js';
import type { PageMessage, PostedError, RequestKind, Requests } from '../../engine/src/worklet/messages.js';
import { errorFromPosted } from '../../engine/src/worklet/posted-error.js';
import { WorkletPlugin } from '../../engine/src/worklet/worklet-plugin.js';

const FRAMES = 128;
const PROCESSOR = 'wasm-plugin:abi/processor';
const LIMITS = resolveLimits({ fuel: 5_000_000, memoryBytes: 2 ** 24 });

const compiled = (name: string): Promise<CompiledComponent> =>
  compileComponent(
    new Uint8Array(readFileSync(new URL(`../../plugins-as/build/${name}.wasm`, import.meta.url))),
    {
      limits: LIMITS,
    },
  );

let plugin: WorkletPlugin;
let heard: PageMessage[];
let requests = 0;

/** Asks as the page does: all that goes and comes is cloned. */
async function ask<Kind extends RequestKind>(
  kind: Kind,
  given: Requests[Kind]['given'],
): Promise<Requests[Kind]['answer']> {
  const id = ++requests;
  await plugin.answer(structuredClone({ id, kind, given }) as Parameters<WorkletPlugin['answer']>[0]);
  const answer = heard.find((each) => 'id' in each && each.id === id);
  if (answer?.kind === 'refusal') throw errorFromPosted(answer.error, () => []);
  return (answer as { value: Requests[Kind]['answer'] }).value;
}

/** Processes a block in which each sample is 0.5. */
function block(): { inputs: Float32Array[]; outputs: Float32Array[] } {
  const channels = (): Float32Array[] => [0, 1].map(() => new Float32Array(FRAMES));
  const [inputs, outputs] = [channels(), channels()];
  for (const channel of inputs) channel.fill(0.5);
  plugin.process(inputs, outputs);
  return { inputs, outputs };
}

async function open(version: CompiledComponent): Promise<void> {
  await ask('open', {
    // Node has turns and timers of its own.
    ports: { turns: [{}, {}], timers: {} } as unknown as Requests['open']['given']['ports'],
    compiled: postedFrom(version),
    version: '1.0.0',
    name: 'eq',
    setup: { sampleRateHz: 48_000, maxFrames: FRAMES, channels: 2 },
    settings: [{ key: 'band1.gain', value: '6' }],
    limits: LIMITS,
    crossfade: 'linear',
    confirmBlocks: 2,
  });
}

beforeEach(() => {
  heard = [];
  plugin = new WorkletPlugin((message) => heard.push(structuredClone(message)));
});

describe('WorkletPlugin', () => {
  it('runs a component that another thread has compiled, without its bytes', async () => {
    const version = await compiled('eq');
    const sent = postedFrom(version);
    expect([...sent.modules.values()].map(({ traced }) => traced)).toEqual(
      [...sent.modules].map(() => undefined),
    );
    expect([...sent.modules.keys()].map(({ bytes }) => bytes.length)).toEqual([...sent.modules].map(() => 0));
    await open(version);
    block();
    expect(block().outputs[0]?.[FRAMES - 1]).not.toBe(0);
    expect(await ask('usage', undefined)).toMatchObject({ blocks: 2 });
    expect((await ask('usage', undefined)).fuel).toBeGreaterThan(1000);
  });

  it('is silent before it is open and after its end', async () => {
    expect(block().outputs[0]).toEqual(new Float32Array(FRAMES));
    await open(await compiled('eq'));
    await ask('close', undefined);
    expect(plugin.isOpen).toBe(false);
    expect(block().outputs[0]).toEqual(new Float32Array(FRAMES));
    await expect(ask('usage', undefined)).rejects.toThrow('Cannot reach the plugin: it has ended');
  });

  it('calls any export, and sends the error of one', async () => {
    await open(await compiled('eq'));
    await ask('call', { path: [PROCESSOR, 'setParameter'], args: [2, 6] });
    expect(await ask('call', { path: [PROCESSOR, 'getParameter'], args: [2] })).toBe(6);
    await expect(ask('call', { path: [PROCESSOR, 'setParameter'], args: [99, 6] })).rejects.toMatchObject({
      code: 'WP_GUEST',
    });
    await expect(ask('call', { path: [PROCESSOR, 'setParamter'], args: [] })).rejects.toThrow(
      'does not export it',
    );
  });

  it('reloads with the state, and confirms after some blocks', async () => {
    await open(await compiled('eq'));
    await ask('call', { path: [PROCESSOR, 'setParameter'], args: [2, 6] });
    const next = postedFrom(await compiled('eq-v2'));
    const reloading = ask('reload', { compiled: next, version: '2.0.0', policy: undefined });
    const turns = setInterval(block);
    expect(await reloading.finally(() => clearInterval(turns))).toMatchObject({ state: 'carried' });
    expect(await ask('call', { path: [PROCESSOR, 'getParameter'], args: [2] })).toBe(6);
    for (let count = 0; count < 4; count++) block();
    expect(heard.flatMap((each) => (each.kind === 'event' ? [each.event.kind] : []))).toEqual([
      'committed',
      'confirmed',
    ]);
  });

  it('says once why it has died, so that the page finds the function', async () => {
    const version = await compiled('eq-v4');
    await open(version);
    for (let count = 0; count < 50; count++) block();
    const [dead, ...more] = heard.filter((each) => each.kind === 'dead');
    expect(more).toEqual([]);
    const error = errorFromPosted((dead as { error: PostedError }).error, (stack) =>
      traceOfStack(version, stack),
    );
    expect(error).toMatchObject({ code: 'WP_TRAP', plugin: 'eq' });
    expect(error.message).toMatch(/, in function \d+, called by function \d+$/);
  });
});
