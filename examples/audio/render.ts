import { readFile, writeFile } from 'node:fs/promises';
import { setImmediate as nextTurn } from 'node:timers/promises';
import { createEngine } from '@wasm-plugin/engine';
import { openReloadableLane } from '@wasm-plugin/engine/reload';
import { wavFrom } from './wav.js';

type Equalizer = { processor: { setParameter(id: number, value: number): void } };

const [output = 'equalized.wav'] = process.argv.slice(2);
const sampleRateHz = 48_000;
const frames = 128;
const engine = createEngine({
  imports: {
    'wasm-plugin:abi/log': { log: (level: string, message: string) => console.error(level, message) },
    'wasm-plugin:abi/config': { get: () => undefined, keys: () => [] },
  },
});
const [first, second] = await Promise.all(
  ['eq', 'eq-v2'].map((name) => readFile(`plugins-as/build/${name}.wasm`)),
);
if (first === undefined || second === undefined) throw new Error('Cannot render: there is no equalizer');

const setup = { sampleRateHz, maxFrames: frames, channels: 1 };
const lane = await openReloadableLane<Equalizer>(engine, { component: first, version: '1.0.0', setup });
lane.instance.exports.processor.setParameter(0, 4); // band 1: low pass
lane.instance.exports.processor.setParameter(1, 400); // at 400 Hz

const blocks = (2 * sampleRateHz) / frames;
const sound = new Float32Array(blocks * frames);
let reload: ReturnType<typeof lane.reload> | undefined;
for (let block = 0; block < blocks; block++) {
  const input = lane.inputs[0];
  for (let frame = 0; frame < frames; frame++) {
    if (input !== undefined) input[frame] = sawtooth((block * frames + frame) / sampleRateHz) * 0.3;
  }
  lane.process(frames);
  if (lane.outputs[0] !== undefined) sound.set(lane.outputs[0].subarray(0, frames), block * frames);
  // In the middle of the sound a newer version takes over, with the parameters: nobody hears it.
  if (block === blocks / 2) reload = lane.reload({ component: second, version: '2.0.0' });
  await nextTurn();
}
const result = await reload;
await lane.close();
await writeFile(output, wavFrom(sound, sampleRateHz));
console.log(`Wrote ${output}: ${blocks} blocks, the second half by version ${result?.to}`);

function sawtooth(seconds: number): number {
  return ((seconds * 110) % 1) * 2 - 1;
}
