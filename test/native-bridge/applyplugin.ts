import { execFileSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

/**
 * Returns the output of the LADSPA SDK's program for 16-bit samples of one channel at 48 kHz.
 * @param plugin the path of the library, the label, and a value for each control
 */
export function applied(samples: Int16Array, plugin: readonly string[]): Int16Array {
  const folder = mkdtempSync(join(tmpdir(), 'ladspa-'));
  try {
    const [input, output] = [join(folder, 'in.wav'), join(folder, 'out.wav')];
    const header = Buffer.alloc(44);
    header.write('RIFF', 0);
    header.writeUInt32LE(36 + samples.byteLength, 4);
    header.write('WAVEfmt ', 8);
    header.writeUInt32LE(16, 16);
    header.writeUInt16LE(1, 20);
    header.writeUInt16LE(1, 22);
    header.writeUInt32LE(48_000, 24);
    header.writeUInt32LE(96_000, 28);
    header.writeUInt16LE(2, 32);
    header.writeUInt16LE(16, 34);
    header.write('data', 36);
    header.writeUInt32LE(samples.byteLength, 40);
    writeFileSync(input, Buffer.concat([header, Buffer.from(samples.buffer)]));
    execFileSync('applyplugin', [input, output, ...plugin], {
      stdio: 'pipe',
    });
    const bytes = readFileSync(output);
    return new Int16Array(new Uint8Array(bytes.subarray(44)).buffer.slice(0, (bytes.length - 44) & ~1));
  } finally {
    rmSync(folder, { recursive: true });
  }
}
