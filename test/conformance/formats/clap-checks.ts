import assert from 'node:assert/strict';
import { noise, openOwnLane, type RunningPlugin } from './start-plugin.js';

/** A check that a CLAP plugin has to pass, after those of clap-validator that need no events in a block. */
export interface ClapCheck {
  name: string;
  run(start: () => Promise<RunningPlugin>): Promise<void>;
}

const FRAMES = 512;

/** Parameters are floats in many plugins, although CLAP has doubles. */
const CLOSE = 1e-4;

export const CLAP_CHECKS: readonly ClapCheck[] = [
  { name: 'state round trip', run: stateRoundTrip },
  { name: 'parameter fuzz', run: parameterFuzz },
  { name: 'varying block sizes', run: varyingBlocks },
];

/** An instance with random parameters saves; another one restores that, and saves the same. */
async function stateRoundTrip(start: () => Promise<RunningPlugin>): Promise<void> {
  const [first, second] = [await start(), await start()];
  // Some plugins allocate the memory of their parameters only once they are active (ZaMaximX2 crashes before).
  for (const plugin of [first, second]) openOwnLane(plugin, FRAMES);
  setAtRandom(first, noise(7));
  const saved = first.state.serialize();
  second.state.restore(saved, 1, '1.0.0');
  for (const { id, min, max } of first.settable) {
    const [wanted, found] = [first.processor.getParameter(id), second.processor.getParameter(id)];
    assert.ok(Math.abs(wanted - found) <= CLOSE * (max - min), `parameter ${id}: ${wanted}, then ${found}`);
  }
  assert.deepEqual(second.state.serialize(), saved, 'the restored instance saves another state');
}

/** Blocks of noise stay finite, for any parameters. */
async function parameterFuzz(start: () => Promise<RunningPlugin>): Promise<void> {
  const plugin = await start();
  const lane = openOwnLane(plugin, FRAMES);
  const random = noise(11);
  for (let round = 0; round < 50; round++) {
    setAtRandom(plugin, random);
    for (let block = 0; block < 5; block++) processNoise(lane, FRAMES, random);
  }
}

/** Blocks of any size up to the largest do. */
async function varyingBlocks(start: () => Promise<RunningPlugin>): Promise<void> {
  const plugin = await start();
  const lane = openOwnLane(plugin, FRAMES);
  const random = noise(13);
  for (let block = 0; block < 200; block++) {
    const share = (random() + 0.25) * 2;
    processNoise(lane, 1 + Math.floor(share * (FRAMES - 1)), random);
  }
}

function setAtRandom({ settable, processor }: RunningPlugin, random: () => number): void {
  for (const { id, min, max, flags } of settable) {
    const value = min + (random() + 0.25) * 2 * (max - min);
    processor.setParameter(id, flags.stepped ? Math.round(value) : value);
  }
}

function processNoise(
  lane: ReturnType<typeof openOwnLane>,
  ...[frames, random]: [frames: number, random: () => number]
): void {
  for (const input of lane.inputs) for (let at = 0; at < frames; at++) input[at] = random();
  lane.process(frames);
  for (const output of lane.outputs)
    for (let at = 0; at < frames; at++) assert.ok(Number.isFinite(output[at]), 'a sample is not finite');
}
