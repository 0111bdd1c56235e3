import { execFileSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { DEFAULT_LIMITS, type AudioEffect } from '@wasm-plugin/abi';
import { memoryFiles } from '@wasm-plugin/abi/package';
import { library, type LibraryInstance } from '@wasm-plugin/native-bridge';
import type { Audio } from './audio.js';
import { DemoError } from './demo-error.js';
import { BLOCK_FRAMES } from './open-station.js';
import type { PluginChoice } from './plugins.js';
import { Station } from './station.js';

const SOURCE = fileURLToPath(
  new URL('../../../native-bridge/examples/compressor-rust/lib.rs', import.meta.url),
);

/**
 * Builds the compressor as a native library and starts it in a child process, with the settings of the component.
 * @throws {DemoError} there is no Rust compiler, or this machine runs no libraries
 */
export async function openNativeStation(
  choice: PluginChoice,
  { sampleRateHz, channels }: Audio,
): Promise<Station> {
  const files = memoryFiles({ 'compressor.so': compile() });
  const source = { id: 'compressor', version: choice.version, entry: 'compressor.so', files };
  const carrier = library();
  const plugin = await carrier.load(source, { limits: DEFAULT_LIMITS });
  const instance = (await plugin.instantiate({ imports: {} })) as LibraryInstance;
  const exports = instance.exports as unknown as AudioEffect;
  exports.lifecycle.init(Object.entries(choice.settings).map(([key, value]) => ({ key, value })));
  const lane = instance.openLane({ sampleRateHz, maxFrames: BLOCK_FRAMES, channels: channels.length });
  const title = `${exports.processor.describe().name}, native`;
  const no = (): never => {
    throw new DemoError('Cannot reload the native compressor: the demo has one version of it');
  };
  return await Station.open({
    title,
    later: [],
    read: no,
    openLane: async () => ({
      version: choice.version,
      instance: { exports, usage: () => ({ memoryBytes: undefined }) },
      ...lane,
      reload: no,
      close: () => plugin.close(),
    }),
  });
}

function compile(): Uint8Array {
  const folder = mkdtempSync(join(tmpdir(), 'wasm-plugin-demo-'));
  try {
    const output = join(folder, 'compressor.so');
    const flags = ['--crate-type', 'cdylib', '--edition', '2024', '-C', 'opt-level=3', '-C', 'panic=abort'];
    execFileSync('rustc', [...flags, SOURCE, '-o', output], { stdio: 'pipe' });
    return new Uint8Array(readFileSync(output));
  } catch (error) {
    throw new DemoError(`Cannot build the native compressor: ${(error as Error).message.split('\n')[0]}`, {
      hint: 'It is written in Rust 2024, and needs the command "rustc"',
      cause: error,
    });
  } finally {
    rmSync(folder, { recursive: true });
  }
}
