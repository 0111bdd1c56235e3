/* oxlint-disable import/default, import/no-named-as-default-member -- to Node, the exports of a CommonJS module are its default */
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { createPluginHost } from '@wasm-plugin/engine/host';
import { library } from '@wasm-plugin/native-bridge';
import wavefile from 'wavefile';
import { describe, expect, it } from 'vitest';
import { compileLibrary, missingCompiler } from '../native-bridge/compile-c.js';
import { callCli, temporaryFolder } from './run-cli.js';

const { WaveFile } = wavefile;
const missing = missingCompiler();
const CMT = '/usr/lib/ladspa/cmt.so';
const TUBE = '/usr/lib/clap/ZamTube.clap';
const noPlugins = existsSync(CMT) && existsSync(TUBE) ? undefined : 'install cmt and zam-plugins';
const folder = temporaryFolder();

/** Writes a sound of two channels and 1000 frames. */
function sound(name: string): { path: string; samples: Float32Array[] } {
  const samples = [1, 2].map((scale) => Float32Array.from({ length: 1000 }, (_, at) => (scale * at) / 4096));
  const wave = new WaveFile();
  wave.fromScratch(2, 48_000, '32f', samples);
  const path = join(folder, name);
  writeFileSync(path, wave.toBuffer());
  return { path, samples };
}

function readSound(path: string): Float32Array[] {
  return new WaveFile(readFileSync(path)).getSamples(false, Float32Array) as unknown as Float32Array[];
}

describe.skipIf(missing !== undefined)(
  `a native library${missing === undefined ? '' : `: ${missing}`}`,
  async () => {
    const file = (name: string, flags: string[] = [], source = 'probe.c'): string => {
      const path = join(folder, name);
      writeFileSync(path, compileLibrary(source, flags));
      return path;
    };

    it('inspect shows its plugin, with names that cannot steer the terminal', async () => {
      const path = file('probe.so', ['-DNAME="Pro\\033[2Jbe"']);
      const { code, stdout, stderr } = await callCli(['inspect', path]);
      expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
      expect(stdout).toContain('wasm_plugin.h, 1 plugin');
      expect(stdout).toMatch(/^Pro.*\[2Jbe$/m);
      expect(stdout).not.toContain('\u001B');
      expect(stdout).toMatch(/latency 5 frames/);
      expect(stdout).toMatch(/7 {2}Größe \(dB\).*read-only/);
      const report = JSON.parse((await callCli(['inspect', path, '--json'])).stdout) as { format: string };
      expect(report).toMatchObject({
        format: 'wasm-plugin',
        plugins: [{ name: '', descriptor: { latencyFrames: 5 } }],
      });
    });

    it('inspect says of one that crashes as it is opened that it does', async () => {
      const { code, stderr } = await callCli(['inspect', file('bad.so', [], 'crash-on-load.c')]);
      expect(code).toBe(1);
      expect(stderr).toMatch(/Cannot open ".*bad\.so": .*SIGSEGV/);
    });

    it('run renders a sound through it, as long as before and not later', async () => {
      const { path, samples } = sound('in.wav');
      const target = join(folder, 'out.wav');
      const library = file('gain.so');
      const { code, stdout, stderr } = await callCli(['run', library, '--in', path, '--out', target]);
      expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
      expect(stdout).toContain('2 channels');
      // The probe halves, and claims to be 5 frames late, which it is not.
      const wanted = samples.map((channel) => channel.map((_, at) => (channel[at + 5] ?? 0) * 0.5));
      expect(readSound(target).map((channel) => [...channel])).toEqual(wanted.map((channel) => [...channel]));
      expect((await callCli(['run', library])).stderr).toContain('--in song.wav');
      const refused = await callCli(['run', library, '--in', library, '--out', target]);
      expect({ code: refused.code, stderr: refused.stderr }).toEqual({
        code: 1,
        stderr: expect.stringContaining('no WAV'),
      });
    });

    it('new --wrap makes a plugin of it that a host runs', async () => {
      const path = join(folder, 'plugins', 'wrapped');
      const { code, stderr } = await callCli([
        'new',
        path,
        '--wrap',
        file('wrap.so'),
        '--id',
        'acme.wrapped',
      ]);
      expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
      const host = createPluginHost({
        carriers: [library()],
        folders: [join(folder, 'plugins')],
        grants: ['log', 'config'],
      });
      try {
        await host.scan();
        const plugin = await host.load('acme.wrapped');
        expect([plugin.state, plugin.running?.carrier]).toEqual(['ready', 'library']);
      } finally {
        await host.close();
      }
      mkdirSync(join(folder, 'full'));
      writeFileSync(join(folder, 'full', 'file'), '');
      expect((await callCli(['new', join(folder, 'full'), '--wrap', file('wrap.so')])).stderr).toContain(
        'holds files already',
      );
    });
  },
);

describe.skipIf(noPlugins !== undefined)(
  `libraries of other formats${noPlugins === undefined ? '' : `: ${noPlugins}`}`,
  () => {
    it('inspect lists what a library of many holds, and describes one', async () => {
      expect((await callCli(['inspect', CMT])).stdout).toMatch(/^ {2}freeverb3$/m);
      expect((await callCli(['inspect', CMT, '--plugin', 'freeverb3'])).stdout).toMatch(
        /Room Size +0 +0\.5 +1/,
      );
      const { code, stderr } = await callCli(['run', CMT, '--in', 'a', '--out', 'b']);
      expect({ code, stderr }).toEqual({ code: 2, stderr: expect.stringContaining('--plugin one of') });
    });

    it('run takes parameters by name, and new --wrap makes settings of them', async () => {
      const { path } = sound('tube.wav');
      const target = join(folder, 'tube.out.wav');
      const plugin = ['--plugin', 'freeverb3'];
      const done = await callCli([
        'run',
        CMT,
        ...plugin,
        '--in',
        path,
        '--out',
        target,
        '--config',
        'Damping=0.9',
        '--json',
      ]);
      expect(JSON.parse(done.stdout)).toMatchObject({
        result: { frames: 1000, channels: 2, plugin: 'freeverb3' },
      });
      const wrong = await callCli([
        'run',
        CMT,
        ...plugin,
        '--in',
        path,
        '--out',
        target,
        '--config',
        'Drive=1',
      ]);
      expect(wrong).toMatchObject({ code: 2, stderr: expect.stringContaining('"Room Size"') });
      const wrapped = join(folder, 'tubes', 'tube');
      expect((await callCli(['new', wrapped, '--wrap', TUBE])).code).toBe(0);
      const host = createPluginHost({ carriers: [library()], folders: [join(folder, 'tubes')] });
      try {
        await host.scan();
        const { exports } = await host.load('com.example.zamtube', { config: { 'tube-drive': 7 } });
        const { getParameter } = exports['processor'] as unknown as { getParameter(id: number): number };
        expect([0, 1].map((id) => getParameter(id))).toEqual([7, 5]);
      } finally {
        await host.close();
      }
    });
  },
);

describe('wasm-plugin doctor', () => {
  it('says what this machine can run', async () => {
    const { code, stdout, stderr } = await callCli(['doctor']);
    expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
    expect(stdout).toContain(`Node.js ${process.versions.node} on ${process.platform}`);
    const { abilities } = JSON.parse((await callCli(['doctor', '--json'])).stdout) as {
      abilities: { what: string; ok: boolean; reason: string }[];
    };
    for (const { ok, reason } of abilities) expect(ok).toBe(reason === '');
    const child = abilities.find(({ what }) => what.startsWith('carrier "library", in a child'));
    expect(child?.ok).toBe(process.platform === 'linux');
  });
});
