/* oxlint-disable import/default, import/no-named-as-default-member -- to Node, the exports of a CommonJS module are its default */
import { copyFileSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import wavefile from 'wavefile';
import { describe, expect, it } from 'vitest';
import { compileLibrary, missingCompiler } from '../native-bridge/compile-c.js';
import { callCli, repoFile, temporaryFolder } from './run-cli.js';

const EQ = repoFile('plugins-as/build/eq.wasm');
const COMPRESSOR = repoFile('plugins-rust/build/compressor.wasm');
const folder = temporaryFolder();
const missing = missingCompiler();

/** The parts of a report that the tests look at. */
interface Report {
  bench: number;
  kind: string;
  verdict: { ok?: boolean; text: string }[];
  comparison?: { sameMachine: boolean; rows: { ratio: number; fuelMore?: number }[] };
  measurement: {
    name: string;
    rows: {
      key: { maxFrames: number; sampleRateHz: number; channels: number; input: string; instances: number };
      times: Record<string, { blocks: number; medianNs: number; worstNs: number }>;
      fuelPerFrame?: { usual: number; worst: number };
    }[];
    realtime: Record<string, { blocks: number; instances: number }>;
    null?: { different: number; peakDb: number | null };
  };
}

/** As little as can be: numbers mean nothing. */
const LITTLE = [
  '--blocks',
  '20',
  '--processes',
  '1',
  '--block',
  '128',
  '--instances',
  '1',
  '--input',
  'noise',
];

async function bench(...args: string[]): Promise<Report> {
  const { code, stdout, stderr } = await callCli(['bench', ...args, '--json']);
  expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
  return JSON.parse(stdout) as Report;
}

describe('wasm-plugin bench', () => {
  it('measures each thing that is varied in a row of its own, beside the plugin without limits', async () => {
    const {
      bench: form,
      kind,
      measurement,
      verdict,
    } = await bench(
      EQ,
      ...LITTLE,
      '--block',
      '64,128',
      '--rate',
      '48000,96000',
      '--channels',
      '2,1',
      '--instances',
      '1,2',
      '--input',
      'noise,silence',
    );
    expect({ form, kind }).toEqual({ form: 1, kind: 'component' });
    const base = { sampleRateHz: 48_000, maxFrames: 128, channels: 2, input: 'noise', instances: 1 };
    expect(measurement.rows.map(({ key }) => key)).toEqual([
      base,
      { ...base, maxFrames: 64 },
      { ...base, sampleRateHz: 96_000 },
      { ...base, channels: 1 },
      { ...base, input: 'silence' },
      { ...base, instances: 2 },
    ]);
    for (const { times, key } of measurement.rows) {
      const names = key.instances === 1 ? ['plugin', 'unmetered', 'calibration'] : ['plugin', 'calibration'];
      expect(Object.keys(times).sort()).toEqual(names.sort());
      expect(times['plugin']?.worstNs).toBeGreaterThanOrEqual(times['plugin']?.medianNs ?? Infinity);
    }
    expect(verdict[0]?.text).toMatch(/deadline: 128 frames at 48 kHz take/);
  });

  it('counts the same fuel each time, and compares with a report before', async () => {
    const file = join(folder, 'before.json');
    const before = await bench(EQ, ...LITTLE);
    writeFileSync(file, JSON.stringify(before));
    const after = await bench(EQ, ...LITTLE, '--baseline', file);
    const fuelOf = ({ measurement }: Report): unknown => measurement.rows.map((row) => row.fuelPerFrame);
    expect(fuelOf(after)).toEqual(fuelOf(before));
    expect(before.measurement.rows[0]?.fuelPerFrame?.worst).toBeGreaterThan(1);
    expect(after.comparison).toMatchObject({ sameMachine: true, rows: [{ fuelMore: 0 }] });
    const { code, stderr } = await callCli(['bench', EQ, ...LITTLE, '--baseline', EQ]);
    expect({ code, stderr }).toEqual({ code: 1, stderr: expect.stringContaining('no report of') });
  });

  it('compares the sound with another build: itself bit for bit, another effect not', async () => {
    expect((await bench(EQ, ...LITTLE, '--against', EQ)).measurement.null).toMatchObject({
      different: 0,
      peakDb: null,
    });
    const other = (await bench(EQ, ...LITTLE, '--against', COMPRESSOR, '--config', 'Band 1 gain=12'))
      .measurement;
    expect(other.null?.peakDb).toBeGreaterThan(-60);
    expect(Object.keys(other.rows[0]?.times ?? {})).toContain('against');
  });

  it('runs a chain by a clock, on a sound of a file', async () => {
    const wave = new wavefile.WaveFile();
    wave.fromScratch(1, 48_000, '32f', [
      Float32Array.from({ length: 1000 }, (_, at) => Math.sin(at / 9) / 2),
    ]);
    const song = join(folder, 'song.wav');
    writeFileSync(song, wave.toBuffer());
    const { measurement } = await bench(
      EQ,
      ...LITTLE,
      '--chain',
      COMPRESSOR,
      '--input',
      song,
      '--instances',
      '2',
      '--realtime',
      '1',
    );
    expect(measurement.name).toBe('eq.wasm → compressor.wasm');
    expect(measurement.rows.map(({ key }) => key.input)).toEqual(['song.wav', 'song.wav']);
    expect(measurement.realtime['plugin']).toMatchObject({ instances: 2, blocks: 375 });
  });

  it('writes a page that needs nothing else, in which no name is markup', async () => {
    const plugin = join(folder, '<b>&eq.wasm');
    copyFileSync(EQ, plugin);
    const file = join(folder, 'report.html');
    const { code, stdout, stderr } = await callCli([
      'bench',
      plugin,
      ...LITTLE,
      '--html',
      file,
      '--against',
      plugin,
    ]);
    expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
    expect(stdout).toMatch(/its deadline: 128 frames/);
    const html = readFileSync(file, 'utf8');
    expect(html).not.toContain('<b>&eq');
    expect(html.match(/(?:src|href)="[^"]*"|url\([^)]*\)|@import/g)).toBe(null);
    const [, json = ''] = /<script type="application\/json" id="data">(.*?)<\/script>/s.exec(html) ?? [];
    const plots = JSON.parse(json) as { id: string; data: unknown[][]; all: unknown[] }[];
    expect(plots.map(({ id }) => id)).toEqual(['histogram', 'timeline', 'response']);
    for (const { data, all } of plots) expect(data.length).toBe(all.length + 1);
    const profile = JSON.parse(readFileSync(join(folder, 'report.cpuprofile'), 'utf8')) as {
      nodes: unknown[];
    };
    expect(profile.nodes.length).toBeGreaterThan(0);
    const { traceEvents } = JSON.parse(readFileSync(join(folder, 'report.trace.json'), 'utf8')) as {
      traceEvents: { name: string; ph: string; tid: number; ts?: number; dur?: number }[];
    };
    const blocks = traceEvents.filter(({ name, tid }) => name === 'block' && tid === 1);
    expect(blocks.length).toBeGreaterThan(0);
    for (const { ph, ts = -1, dur = -1 } of traceEvents.filter(({ ph }) => ph === 'X')) {
      expect({ ph, isInTime: ts >= 0 && dur >= 0 }).toEqual({ ph: 'X', isInTime: true });
    }
  });

  it('refuses what it cannot measure, and a wrong command line', async () => {
    const measured = async (...args: string[]): Promise<object> => {
      const { code, stderr } = await callCli(['bench', ...args]);
      return { code, stderr };
    };
    const greeter = repoFile('examples/plugins/greeter-rust/plugin.wasm');
    expect(await measured(greeter, ...LITTLE)).toEqual({
      code: 1,
      stderr: expect.stringContaining('WP_EXPORT_MISSING'),
    });
    expect(await measured(join(folder, 'nothing.wasm'))).toMatchObject({ code: 1 });
    expect(await measured(EQ, '--block', '0')).toEqual({
      code: 2,
      stderr: expect.stringContaining('1 to 65536'),
    });
    expect(await measured(EQ, ...LITTLE, '--input', 'nosie')).toEqual({
      code: 1,
      stderr: expect.stringContaining('"nosie"'),
    });
  });

  it.skipIf(missing !== undefined)(
    `measures a native library, in a child and in process${missing === undefined ? '' : `: ${missing}`}`,
    async () => {
      const library = join(folder, 'probe.so');
      writeFileSync(library, compileLibrary('probe.c', []));
      for (const where of [[], ['--unsafe-in-process']]) {
        const { kind, measurement } = await bench(library, ...LITTLE, ...where);
        expect(kind).toBe('library');
        expect(measurement.rows[0]?.times['plugin']?.medianNs).toBeGreaterThan(0);
        expect(measurement.rows[0]?.fuelPerFrame).toBeUndefined();
      }
    },
  );
});

describe('wasm-plugin test of an audio effect', () => {
  const effect = (name: string, manifest: object = {}): string => {
    const path = join(folder, name);
    mkdirSync(path, { recursive: true });
    copyFileSync(repoFile(`plugins-as/build/${name}.wasm`), join(path, 'plugin.wasm'));
    const id = `acme.${name}`;
    const world = 'wasm-plugin:abi/audio-effect';
    const permissions = ['log', 'config'].map((capability) => ({ capability, reason: 'to work' }));
    writeFileSync(
      join(path, 'plugin.json'),
      JSON.stringify({ id, name, version: '0.1.0', entry: 'plugin.wasm', world, permissions, ...manifest }),
    );
    return path;
  };

  it('runs the checks of the sound, each alone by its name and seed', async () => {
    const path = effect('zoo-wrong-latency');
    const all = await callCli(['test', path, '--audio', '4']);
    expect(all.code).toBe(1);
    expect(all.stdout).toMatch(/✗ latency: .*\n {4}says 0 frames|✗ latency: .*says 0 frames/);
    expect(all.stdout).toMatch(/✓ finite: /);
    expect(all.stdout).not.toContain('steady-cost');
    expect(all.stdout).toContain('wasm-plugin test --audio latency --seed 1');
    const one = await callCli(['test', path, '--audio', 'finite', '--seed', '7']);
    expect(one.code).toBe(0);
    expect(one.stdout).not.toContain('latency:');
    const wrong = await callCli(['test', path, '--audio', 'latncy']);
    expect({ code: wrong.code, stderr: wrong.stderr }).toEqual({
      code: 2,
      stderr: expect.stringContaining('latency'),
    });
  });

  it('holds it to the fuel a frame that its manifest promises', async () => {
    const enough = await callCli(['test', effect('zoo', { audio: { fuelPerFrame: 1000 } })]);
    expect(enough.stdout).toMatch(
      /✓ it keeps to its audio\.fuelPerFrame: [\d.]+ usually, at most [\d.]+ \("\w+"\), of 1000/,
    );
    const little = await callCli(['test', effect('zoo', { audio: { fuelPerFrame: 3 } })]);
    expect(little.code).toBe(1);
    expect(little.stdout).toMatch(/✗ it keeps to its audio\.fuelPerFrame: .*wanted at most 3/);
  });
});
