import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import koffi from 'koffi';
import { compileBridge } from './compile.js';
import { FRAMES, type OpenWay } from './way.js';

/** Offsets in a `wasm_plugin_block`. */
const BLOCK = { bytes: 24, inputs: 0, outputs: 8, channels: 16, frames: 20 } as const;

/** The echo as a native library in this process, by koffi alone. */
export async function rawKoffi(): Promise<OpenWay | string> {
  const bytes = compileBridge('echo-library.c', ['-shared', '-fPIC']);
  if (typeof bytes === 'string') return bytes;
  const folder = mkdtempSync(join(tmpdir(), 'bench-bridges-'));
  const path = join(folder, 'raw-koffi.so');
  writeFileSync(path, bytes);
  const library = koffi.load(path);
  rmSync(folder, { recursive: true });
  const process = library.func('echo_process', 'int32', ['uintptr', 'uintptr']);
  const schema = library.func('echo_schema', 'uint32', ['uintptr']);
  const samples = native(FRAMES * 4 * 2);
  const lists = native(16);
  const block = native(BLOCK.bytes);
  const addresses = new BigUint64Array(lists.bytes);
  addresses[0] = BigInt(samples.address);
  addresses[1] = BigInt(samples.address + FRAMES * 4);
  const words = new DataView(block.bytes);
  words.setBigUint64(BLOCK.inputs, BigInt(lists.address), true);
  words.setBigUint64(BLOCK.outputs, BigInt(lists.address + 8), true);
  words.setUint32(BLOCK.channels, 1, true);
  words.setUint32(BLOCK.frames, FRAMES, true);
  const { address } = block;
  return {
    block: () => process(0, address),
    call: () => schema(0),
    input: new Float32Array(samples.bytes, 0, FRAMES),
    output: new Float32Array(samples.bytes, FRAMES * 4, FRAMES),
    close: () => library.unload(),
  };
}

function native(size: number): { address: number; bytes: ArrayBuffer } {
  const memory = koffi.alloc('uint8', size) as unknown;
  return { address: Number(koffi.address(memory)), bytes: koffi.view(memory, size) };
}
