import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DEFAULT_LIMITS, type CarrierInstance } from '@wasm-plugin/abi';
import { memoryFiles } from '@wasm-plugin/abi/package';
import {
  library,
  scanLibraries,
  type LibraryInstance,
  type LibraryVerdict,
} from '@wasm-plugin/native-bridge';
import { afterEach, describe, expect, it } from 'vitest';
import { LADSPA_DESCRIPTOR } from '../../native-bridge/src/library/formats/ladspa/index.js';
import { applied } from './applyplugin.js';
import { compileLibrary, missingCompiler, runC } from './compile-c.js';

const FOLDER = '/usr/lib/ladspa';
const missing =
  process.platform === 'linux' && existsSync(join(FOLDER, 'amp.so'))
    ? undefined
    : 'no LADSPA plugins: install the packages ladspa-sdk and swh-plugins';
const noCompiler = missingCompiler();
const open: CarrierInstance[] = [];

interface Processor {
  describe(): {
    name: string;
    ports: object[];
    parameters: { id: number; name: string; default: number; flags: object }[];
  };
  prepare(setup: object): void;
  process(inputs: Float32Array[]): Float32Array[];
  setParameter(id: number, value: number): void;
  getParameter(id: number): number;
}

afterEach(async () => {
  await Promise.all(open.splice(0).map((instance) => instance.close()));
});

async function start(
  file: string,
  label?: string,
): Promise<{
  instance: LibraryInstance;
  processor: Processor;
  state: { serialize(): Uint8Array; restore(state: Uint8Array, schema: number, version: string): void };
}> {
  const entry = label === undefined ? file : `${file}#${label}`;
  const files = memoryFiles({ [file]: readFileSync(join(FOLDER, file)) });
  const plugin = await library().load(
    { id: 'acme.ladspa', version: '1.0.0', entry, files },
    { limits: DEFAULT_LIMITS },
  );
  const instance = (await plugin.instantiate({ imports: {} })) as LibraryInstance;
  open.push(instance);
  return { instance, ...(instance.exports as never as { processor: Processor; state: never }) };
}

describe.skipIf(missing !== undefined)(`LADSPA${missing === undefined ? '' : `: ${missing}`}`, () => {
  it('lists what is in a library, and remembers the verdict', async () => {
    const remembered = new Map<string, LibraryVerdict>();
    const path = join(FOLDER, 'amp.so');
    const verdicts = await scanLibraries([path], { remembered });
    expect(verdicts.get(path)).toEqual({ format: 'ladspa', plugins: ['amp_mono', 'amp_stereo'] });
    const [key = ''] = remembered.keys();
    remembered.set(key, { error: 'remembered' });
    expect((await scanLibraries([path], { remembered })).get(path)).toEqual({ error: 'remembered' });
  });

  it('gives controls as parameters, and runs an instance for each channel of a plugin of one', async () => {
    const { processor, instance } = await start('amp.so', 'amp_mono');
    const { name, parameters, ports } = processor.describe();
    expect(name).toBe('Mono Amplifier');
    expect(ports).toEqual([
      { name: 'main', direction: 'input', channels: 1 },
      { name: 'main', direction: 'output', channels: 1 },
    ]);
    expect(parameters).toEqual([expect.objectContaining({ id: 0, name: 'Gain', default: 1 })]);
    processor.prepare({ sampleRateHz: 48_000, maxFrames: 64, channels: 2 });
    processor.setParameter(0, 2);
    expect(processor.process([Float32Array.of(1, 2), Float32Array.of(3, 4)])).toEqual([
      Float32Array.of(2, 4),
      Float32Array.of(6, 8),
    ]);
    const lane = instance.openLane({ sampleRateHz: 48_000, maxFrames: 32, channels: 1 });
    lane.inputs[0]?.fill(0.25);
    lane.process(32);
    expect(lane.outputs[0]?.[31]).toBe(0.5);
    expect(() => processor.setParameter(0, NaN)).toThrow(expect.objectContaining({ code: 'WP_GUEST' }));
    expect(() => processor.getParameter(1)).toThrow(expect.objectContaining({ code: 'WP_GUEST' }));
  });

  it('carries the values of its controls, and refuses other bytes', async () => {
    const first = await start('amp.so', 'amp_stereo');
    first.processor.setParameter(0, 1.5);
    const second = await start('amp.so', 'amp_stereo');
    second.state.restore(first.state.serialize(), 1, '1.0.0');
    expect(second.processor.getParameter(0)).toBe(1.5);
    for (const bytes of [new Uint8Array(7), new Uint8Array(8).fill(9)])
      expect(() => second.state.restore(bytes, 1, '1.0.0')).toThrow(
        expect.objectContaining({ code: 'WP_GUEST' }),
      );
  });

  it('asks for the name where there are several, and lists them', async () => {
    await expect(start('amp.so')).rejects.toThrow('with one of amp_mono, amp_stereo');
    await expect(start('amp.so', 'tube')).rejects.toThrow('there is no "tube"');
  });

  it('sounds as applyplugin has it, within its quantisation', async () => {
    const { processor } = await start('delay.so', 'delay_5s');
    const frames = 4800;
    const samples = Int16Array.from({ length: frames }, (_, at) => ((at * 7919) % 20_001) - 10_000);
    processor.prepare({ sampleRateHz: 48_000, maxFrames: frames, channels: 1 });
    processor.setParameter(0, 0.01);
    processor.setParameter(1, 0.5);
    const [found] = processor.process([Float32Array.from(samples, (value) => value / 32_767)]);
    const wanted = applied(samples, [join(FOLDER, 'delay.so'), 'delay_5s', '0.01', '0.5']);
    expect(wanted.length).toBeGreaterThanOrEqual(frames);
    let most = 0;
    for (let at = 0; at < frames; at++)
      most = Math.max(most, Math.abs((found?.[at] ?? NaN) * 32_767 - (wanted[at] ?? NaN)));
    expect(most).toBeLessThanOrEqual(1);
  });
});

describe.skipIf(noCompiler !== undefined)(
  `the LADSPA bridge${noCompiler === undefined ? '' : `: ${noCompiler}`}`,
  () => {
    it('says of a library that crashes as it is opened that it does', async () => {
      const folder = mkdtempSync(join(tmpdir(), 'scan-'));
      try {
        const path = join(folder, 'bad.so');
        writeFileSync(path, compileLibrary('crash-on-load.c'));
        expect((await scanLibraries([path])).get(path)).toEqual({
          error: expect.stringContaining('SIGSEGV'),
        });
      } finally {
        rmSync(folder, { recursive: true });
      }
    });

    it.skipIf(!existsSync('/usr/include/ladspa.h'))('lays the descriptor out as ladspa.h does', () => {
      const fields = Object.entries(LADSPA_DESCRIPTOR.fields);
      const lines = fields.map(([field]) => `printf("%zu ", offsetof(LADSPA_Descriptor, ${field}));`);
      const text = `#include <stddef.h>\n#include <stdio.h>\n#include <ladspa.h>
      int main(void) { ${lines.join('\n')} printf("%zu", sizeof(LADSPA_Descriptor)); }`;
      const wanted = [...fields.map(([, { offset }]) => offset), LADSPA_DESCRIPTOR.size];
      expect(runC(text).split(' ').map(Number)).toEqual(wanted);
    });
  },
);
