import type { AudioSource, OpenedPlugin, Setup } from './audio-source.js';
import type { NullResult, Response } from './measurement.js';
import { testInput, type TestInput } from './test-input.js';

const NULL_BLOCKS = 400;
/** Frames of the response to an impulse: fine enough for 20 Hz and up. */
const RESPONSE_FRAMES = 16_384;
const LOWEST_HZ = 20;
const FREQUENCIES = 160;
/** Half of full scale: what limits the level stays out of it. */
const IMPULSE = 0.5;
const FLOOR_DB = -120;

/** Runs two plugins on the same noise, then silence, and compares what comes out. */
export async function nullTest(
  sources: readonly [AudioSource, AudioSource],
  { setup, seed }: { setup: Setup; seed: number },
): Promise<NullResult> {
  const opened = [await sources[0].open(setup), await sources[1].open(setup)] as const;
  const [noise, silence] = ['noise', 'silence'].map((name) => testInput(name, { setup, seed }));
  let different = 0;
  let peak = 0;
  for (let block = 0; block < NULL_BLOCKS; block++) {
    const { blocks } = (block < (NULL_BLOCKS * 3) / 4 ? noise : silence) as TestInput;
    for (const plugin of opened) {
      feed(plugin, blocks[block % blocks.length] as readonly Float32Array[]);
      plugin.lane.process(setup.maxFrames);
    }
    const wanted = opened[1].lane.outputs;
    for (const [channel, output] of opened[0].lane.outputs.entries()) {
      for (const [at, sample] of output.entries()) {
        const other = wanted[channel]?.[at] ?? NaN;
        if (Object.is(sample, other)) continue;
        different++;
        const apart = Math.abs(sample - other);
        peak = Math.max(peak, Number.isNaN(apart) ? Infinity : apart);
      }
    }
  }
  for (const { close } of opened) close();
  const samples = NULL_BLOCKS * setup.maxFrames * setup.channels;
  return { samples, different, peakDb: peak === 0 ? null : Number((20 * Math.log10(peak)).toFixed(1)) };
}

/** Measures the level at frequencies of the response to an impulse. */
export async function impulseResponse(source: AudioSource, setup: Setup): Promise<Response> {
  const plugin = await source.open(setup);
  const response = new Float64Array(RESPONSE_FRAMES);
  for (let at = 0; at < RESPONSE_FRAMES; at += setup.maxFrames) {
    for (const input of plugin.lane.inputs) {
      input.fill(0);
      if (at === 0) input[0] = IMPULSE;
    }
    plugin.lane.process(setup.maxFrames);
    const output = plugin.lane.outputs[0] as Float32Array;
    for (let i = 0; i < setup.maxFrames && at + i < RESPONSE_FRAMES; i++)
      response[at + i] = (output[i] as number) / IMPULSE;
  }
  plugin.close();
  const highest = Math.min(20_000, setup.sampleRateHz / 2);
  const hz = Array.from({ length: FREQUENCIES }, (_, at) =>
    Number((LOWEST_HZ * (highest / LOWEST_HZ) ** (at / (FREQUENCIES - 1))).toFixed(2)),
  );
  return { hz, db: hz.map((each) => levelAt(each, { response, sampleRateHz: setup.sampleRateHz })) };
}

/** The Fourier transform at one frequency, by Goertzel's recursion. */
function levelAt(
  hz: number,
  { response, sampleRateHz }: { response: Float64Array; sampleRateHz: number },
): number {
  const angle = (2 * Math.PI * hz) / sampleRateHz;
  const turn = 2 * Math.cos(angle);
  let last = 0;
  let before = 0;
  for (const sample of response) {
    const next = sample + turn * last - before;
    before = last;
    last = next;
  }
  const power = last * last + before * before - turn * last * before;
  return Number(Math.max(FLOOR_DB, 10 * Math.log10(Math.max(power, 1e-30))).toFixed(2));
}

/** Writes a block into the inputs of a plugin. */
export function feed({ lane }: OpenedPlugin, block: readonly Float32Array[]): void {
  const { inputs } = lane;
  for (let channel = 0; channel < inputs.length; channel++)
    (inputs[channel] as Float32Array).set(block[channel % block.length] as Float32Array);
}
