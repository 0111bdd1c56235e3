import { cpSync, mkdirSync, readFileSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { createPluginHost, type CreatePluginHostOptions } from '@wasm-plugin/engine/host';
import { beforeAll, describe, expect, it } from 'vitest';
import { runCliBeside } from '../cli/packages/packages.js';
import { runCli, temporaryFolder } from '../cli/run-cli.js';
import { missingRust } from '../conformance/programs/tools.js';
import { ROOT } from './start-program.js';

interface Track {
  path: string;
  title: string;
  artist?: string;
  album?: string;
  number?: number;
  seconds?: number;
}
type Exports = { tracks(folder: string): Track[] };

const SOURCE = join(ROOT, 'examples/plugins/music-folder');
const missing = missingRust();
/** Files that mutagen has tagged: see `music/make.py`. */
const TAGGED = join(ROOT, 'test/examples/music');
const folder = temporaryFolder();
const music = join(folder, 'music');
/** A copy of the plugin, which the test builds: the component is too large to be checked in. */
const PLUGIN = join(folder, 'plugin');

mkdirSync(music);
for (const name of ['1.mp3', '2.wav', 'disc-2', 'untitled.mp3'])
  cpSync(join(TAGGED, name), join(music, name), { recursive: true });
writeFileSync(join(music, 'notes.txt'), 'no song');
writeFileSync(join(music, 'torn.flac'), readFileSync(join(TAGGED, 'disc-2/3.flac')).subarray(0, 30));
cpSync(join(TAGGED, '1.mp3'), join(folder, 'secret.mp3'));
symlinkSync('../secret.mp3', join(music, 'out.mp3'));
symlinkSync('.', join(music, 'again'));

async function withExports<Result>(
  options: CreatePluginHostOptions,
  use: (exports: Exports) => Result,
): Promise<Result> {
  const host = createPluginHost(options);
  try {
    const { name } = await host.addFrom(PLUGIN);
    const { exports } = await host.load<Exports>(name);
    return use(exports);
  } finally {
    await host.close();
  }
}

const name = 'examples/plugins/music-folder';
describe.skipIf(missing !== undefined)(missing === undefined ? name : `${name} (skipped: ${missing})`, () => {
  beforeAll(() => {
    for (const part of ['.cargo', 'Cargo.lock', 'Cargo.toml', 'plugin.json', 'src', 'wit'])
      cpSync(join(SOURCE, part), join(PLUGIN, part), { recursive: true });
    const { code, stderr } = runCli(['build', PLUGIN]);
    expect({ code, stderr: code === 0 ? '' : stderr }).toEqual({ code: 0, stderr: '' });
  }, 600_000);

  it('lists the songs of the folder that it was granted, by their tags', async () => {
    const grants = [`fs:${music}::music:ro`];
    const options = { grants, sandbox: { emptyEnvironment: true } };
    await withExports(options, (exports) => {
      const song = { artist: 'Ada', album: 'Engines' };
      expect(exports.tracks('music')).toEqual([
        { path: '1.mp3', title: 'Überall', ...song, number: 1, seconds: 2 },
        { path: '2.wav', title: 'Still', ...song, number: 2, seconds: 2 },
        { path: 'disc-2/3.flac', title: 'はな', ...song, number: 3, seconds: 3 },
        { path: 'untitled.mp3', title: 'untitled' },
      ]);
      expect(() => exports.tracks('elsewhere')).toThrow();
    });
  });

  it('is refused by name where the host does not grant the folder', async () => {
    await expect(withExports({ sandbox: { folder } }, () => undefined)).rejects.toMatchObject({
      code: 'WP_CAPABILITY',
      capability: 'fs:music:ro',
      lacking: 'host',
    });
    const file = join(PLUGIN, 'plugin.wasm');
    const args = ['run', file, '--export', 'tracks', '--args', '["music"]', '--folder', folder];
    const refused = await runCliBeside(args);
    expect(refused.code).toBe(1);
    expect(refused.stderr).toContain('hint: What it was refused can be granted: --grant fs:/music:ro');
    const granted = await runCliBeside([...args, '--grant', 'fs:music:ro']);
    expect(granted.stdout).toContain('"title": "Überall"');
  });
});
