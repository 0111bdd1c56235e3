import { createEngine, openLane } from '@wasm-plugin/engine';
import { openPluginNode } from '@wasm-plugin/engine/worklet';

const FRAMES = 128;
const RATE = 48_000;
const LIMITS = { fuel: 1e12, timeMs: 10_000, memoryBytes: '256 MiB' };

const floatsOf = async (path) => new Float32Array(await (await fetch(path)).arrayBuffer());

/** Counts the samples that are unlike, and the loudest difference. */
function compare(sound, wanted) {
  let different = 0;
  let peak = 0;
  for (let at = 0; at < wanted.length; at++) {
    if (Object.is(sound[at], wanted[at])) continue;
    different++;
    peak = Math.max(peak, Math.abs(sound[at] - wanted[at]));
  }
  return { different, peak };
}

/** Runs a kernel on the page, and returns its left channel. */
async function onPage(component, input) {
  const plugin = await createEngine({ limits: LIMITS }).load(component);
  const lane = openLane(plugin.instantiate(), { sampleRateHz: RATE, maxFrames: FRAMES, channels: 1 });
  const output = new Float32Array(input.length);
  for (let at = 0; at < input.length; at += FRAMES) {
    lane.inputs[0].set(input.subarray(at, at + FRAMES));
    lane.process(FRAMES);
    output.set(lane.outputs[0], at);
  }
  return output;
}

/** Runs it in an audio worklet. */
async function inWorklet(component, input) {
  const context = new OfflineAudioContext(1, input.length, RATE);
  const plugin = await openPluginNode(context, { component, version: '1.0.0', channels: 1, limits: LIMITS });
  const buffer = new AudioBuffer({ length: input.length, numberOfChannels: 1, sampleRate: RATE });
  buffer.copyToChannel(input, 0);
  const source = new AudioBufferSourceNode(context, { buffer });
  source.connect(plugin.node).connect(context.destination);
  source.start();
  return (await context.startRendering()).getChannelData(0);
}

/** Compares each kernel, on the page and in the worklet, with the sound in a file. */
export async function nullTests(kernels) {
  const input = await floatsOf('/test/dist/null/input.bin');
  const results = {};
  for (const name of kernels) {
    const wanted = await floatsOf(`/test/dist/null/${name}.bin`);
    const component = new Uint8Array(
      await (await fetch(`/bench/kernels/dsp/build/${name}.wasm`)).arrayBuffer(),
    );
    results[name] = {
      page: compare(await onPage(component, input), wanted),
      worklet: compare(await inWorklet(component, input), wanted),
    };
  }
  return results;
}
