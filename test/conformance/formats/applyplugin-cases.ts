import assert from 'node:assert/strict';
import { applied } from '../../native-bridge/applyplugin.js';
import { noise, openOwnLane, withPlugin } from './start-plugin.js';

/** Plugins of one channel that are compared with `applyplugin`: by file and label. */
export const APPLIED = [
  ['delay.so', 'delay_5s'],
  ['filter.so', 'lpf'],
  ['valve_1209.so', 'valve'],
  ['mbeq_1197.so', 'mbeq'],
  ['tap_pitch.so', 'tap_pitch'],
] as const;

/** The size of the blocks of `applyplugin`: some plugins glide from block to block. */
const FRAMES = 2048;
const BLOCKS = 12;

/** It rounds its samples to 16 bits, some plugins the last bit otherwise. */
const MOST_STEPS = 1.5;

/** @throws where a plugin sounds otherwise than by the program of the LADSPA SDK */
export async function compareWithApplyplugin(path: string, label: string): Promise<void> {
  const random = noise(3);
  const samples = Int16Array.from({ length: FRAMES * BLOCKS }, () => Math.round(random() * 40_000));
  const { found, values } = await withPlugin({ path, label }, async (start) => {
    const plugin = await start();
    const lane = openOwnLane(plugin, FRAMES);
    for (const { id, default: value } of plugin.settable) plugin.processor.setParameter(id, value);
    const result = new Float32Array(samples.length);
    for (let at = 0; at < samples.length; at += FRAMES) {
      lane.inputs[0]?.forEach((_, index, input) => (input[index] = (samples[at + index] as number) / 32_767));
      lane.process(FRAMES);
      result.set(lane.outputs[0] as Float32Array, at);
    }
    return { found: result, values: plugin.settable.map((parameter) => String(parameter.default)) };
  });
  const wanted = applied(samples, [path, label, ...values]);
  let most = 0;
  for (let at = 0; at < samples.length; at++) {
    const sample = Math.max(-32_768, Math.min(32_767, (found[at] as number) * 32_767));
    most = Math.max(most, Math.abs(sample - (wanted[at] ?? NaN)));
  }
  assert.ok(most <= MOST_STEPS, `it differs by ${most} steps of 16 bits`);
}
