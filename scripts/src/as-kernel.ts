import { cpSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { buildPlugin } from '@wasm-plugin/as';
import { ROOT, type Guest } from './guests.js';
import { kernelWorld } from './kernel-world.js';

const SOURCES = join(ROOT, 'bench/kernels/dsp/assembly');

/** Builds a kernel of the DSP bench in AssemblyScript into a component: its file takes the place of `kernel.ts`. */
export async function buildAsKernel(guest: Guest): Promise<void> {
  const folder = mkdtempSync(join(tmpdir(), 'kernel-'));
  try {
    const sources = join(folder, 'assembly');
    cpSync(SOURCES, sources, { recursive: true });
    cpSync(join(SOURCES, `${guest.name}.ts`), join(sources, 'kernel.ts'));
    const wit = join(folder, 'kernel.wit');
    writeFileSync(wit, kernelWorld(guest.world));
    const component = await buildPlugin({
      entry: join(sources, 'index.ts'),
      wit,
      world: guest.world,
      ascOptions: ['--enable', 'simd'],
    });
    const file = join(ROOT, guest.output);
    mkdirSync(dirname(file), { recursive: true });
    writeFileSync(file, component);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}
