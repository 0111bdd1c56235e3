import { readFileSync } from 'node:fs';
import { AUDIO_EFFECT_WORLD, type AudioEffect, type PluginSetting } from '@wasm-plugin/abi';
import {
  createEngine,
  openLane,
  type Instance,
  type LaneSetup,
  type RealtimeLane,
} from '@wasm-plugin/engine';

/** An audio plugin of the project, running. */
export interface RunningPlugin extends AudioEffect {
  instance: Instance<AudioEffect>;
  lane(setup: LaneSetup): RealtimeLane;
  /** Its log lines. */
  logs: { level: string; message: string }[];
}

/** Loads and initializes a built plugin. `file` is relative to the root. */
export async function startPlugin(file: string, settings: PluginSetting[] = []): Promise<RunningPlugin> {
  const logs: RunningPlugin['logs'] = [];
  const engine = createEngine({
    world: AUDIO_EFFECT_WORLD,
    imports: {
      'wasm-plugin:abi/log': { log: (level: string, message: string) => void logs.push({ level, message }) },
      'wasm-plugin:abi/config': { get: () => undefined, keys: () => [] },
    },
  });
  const plugin = await engine.load<AudioEffect>(readFileSync(new URL(`../../${file}`, import.meta.url)), {
    name: file,
  });
  const instance = plugin.instantiate();
  const exports = instance.exports;
  exports.lifecycle.init(settings);
  return {
    lifecycle: exports.lifecycle,
    state: exports.state,
    processor: exports.processor,
    instance,
    lane: (setup) => openLane(instance, setup),
    logs,
  };
}

/** The payload of the error that a call throws. */
export function payloadOf(call: () => unknown): unknown {
  try {
    call();
  } catch (error) {
    return (error as { payload?: unknown }).payload;
  }
  throw new Error('expected the call to fail');
}

/** Fills the inputs of a lane, block by block, processes them, and returns the output of one channel. */
export function run(
  lane: RealtimeLane,
  frames: number,
  { signal, channel = 0 }: { signal: (frame: number, channel: number) => number; channel?: number },
): Float64Array {
  const out = new Float64Array(frames);
  for (let start = 0; start < frames; start += lane.maxFrames) {
    const count = Math.min(lane.maxFrames, frames - start);
    for (const [index, input] of lane.inputs.entries()) {
      for (let i = 0; i < count; i++) input[i] = signal(start + i, index);
    }
    lane.process(count);
    out.set((lane.outputs[channel] as Float32Array).subarray(0, count), start);
  }
  return out;
}

/** A tone that is higher on each channel: `pace` radians a frame on the first. `start` is the number of frame 0. */
export function tone(pace: number, start = 0): (frame: number, channel: number) => number {
  return (frame, channel) => Math.sin((start + frame) * pace * (channel + 1));
}

export function decibels(gain: number): number {
  return 20 * Math.log10(gain);
}
