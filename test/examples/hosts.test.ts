import { execFileSync } from 'node:child_process';
import { cpSync, readFileSync } from 'node:fs';
import { copyFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { temporaryFolder } from '../cli/run-cli.js';
import { ROOT, startProgram } from './start-program.js';

const folder = temporaryFolder();

function run(name: string, ...args: string[]): string[] {
  const options = { cwd: ROOT, encoding: 'utf8' } as const;
  return execFileSync(process.execPath, [`examples/dist/${name}.js`, ...args], options)
    .trim()
    .split('\n');
}

describe('examples/embed', () => {
  it.each([
    ['Rust', 'rust'],
    ['AssemblyScript', 'assemblyscript'],
  ])('calls the plugin in %s, and names the limit that it hits', (language, name) => {
    const lines = run('embed/host', `examples/plugins/greeter-${name}/plugin.wasm`);
    expect(lines).toEqual([
      `Hello, Ada, from ${language}!`,
      expect.stringMatching(/^It burnt \d+ units of fuel$/),
      expect.stringMatching(/fuel/),
    ]);
  });
});

describe('examples/plugin-folder', () => {
  it('reloads a plugin whose file changes, and goes on where one cannot start', async () => {
    const plugins = join(folder, 'plugins');
    for (const language of ['assemblyscript', 'rust']) {
      const name = `greeter-${language}`;
      for (const file of ['plugin.json', 'plugin.wasm'])
        cpSync(join(ROOT, 'examples/plugins', name, file), join(plugins, name, file));
    }
    cpSync(
      join(ROOT, 'examples/plugins/greeter-javascript/plugin.json'),
      join(plugins, 'not-built/plugin.json'),
    );
    const program = startProgram('examples/dist/plugin-folder/host.js', { args: [plugins] });
    await program.line(/greeter-javascript: .*plugin\.wasm/);
    await program.line(/greeter-assemblyscript: Hello, Ada, from AssemblyScript!/);
    await copyFile(
      join(plugins, 'greeter-rust/plugin.wasm'),
      join(plugins, 'greeter-assemblyscript/plugin.wasm'),
    );
    await program.line(/greeter-assemblyscript: committed/);
    await program.line(/greeter-assemblyscript: Hello, Ada, from Rust!/);
    expect(await program.stop()).toBe(0);
  });
});

describe('examples/express', () => {
  it('answers by the plugin, also after one request was too large', async () => {
    const program = startProgram('examples/dist/express/server.js', { env: { PORT: '0' } });
    const [, port = ''] = await program.line(/port: (\d+)/);
    const greet = (body: string): Promise<Response> =>
      fetch(`http://127.0.0.1:${port}/greet`, {
        method: 'POST',
        headers: { 'content-type': 'text/plain' },
        body,
      });
    expect(await (await greet('Ada')).text()).toBe('Hello, Ada, from Rust!');
    expect((await greet('A'.repeat(5_000_000))).status).toBe(413);
    await program.line(/greeter-rust restarted/);
    expect(await (await greet('Bob')).text()).toBe('Hello, Bob, from Rust!');
    await program.stop();
  });
});

describe('examples/audio', () => {
  it('renders a WAV file, and reloads in the middle of it', () => {
    const file = join(folder, 'equalized.wav');
    expect(run('audio/render', file)).toEqual([
      `Wrote ${file}: 750 blocks, the second half by version 2.0.0`,
    ]);
    const wav = readFileSync(file);
    const samples = new Int16Array(wav.buffer, wav.byteOffset + 44, 96_000);
    const largestStep = samples.reduce(
      (most, sample, index) =>
        index < 1000 ? 0 : Math.max(most, Math.abs(sample - (samples[index - 1] ?? 0))),
      0,
    );
    expect(wav.length).toBe(44 + 96_000 * 2);
    // The sawtooth's own steps of 19,660 are gone, in both halves and where they meet.
    expect(largestStep).toBeLessThan(3_000);
    expect(largestStep).toBeGreaterThan(0);
  });
});
