import { execFileSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { componentEmbed, componentNew } from '@bytecodealliance/jco-transpile/wasm-tools';
import { ROOT, type Guest } from './guests.js';
import { kernelWorld } from './kernel-world.js';

const SOURCES = join(ROOT, 'bench/kernels/dsp/rust');
/** The features that the kernels in C are built with. Rust contracts no products and sums. */
const FLAGS = [
  '--edition=2021',
  '--crate-type=cdylib',
  '--target=wasm32-unknown-unknown',
  '-Copt-level=3',
  '-Clto=fat',
  '-Ccodegen-units=1',
  '-Cpanic=abort',
  '-Cstrip=symbols',
  '-Ctarget-feature=+simd128,+bulk-memory,+nontrapping-fptoint',
  '-Clink-arg=-zstack-size=16384',
];

/** Builds a kernel of the DSP bench in Rust into a component. Needs the target `wasm32-unknown-unknown`. */
export async function buildRustKernel(guest: Guest): Promise<void> {
  const folder = mkdtempSync(join(tmpdir(), 'kernel-'));
  try {
    const module = join(folder, 'kernel.wasm');
    const flags = [...FLAGS, `--remap-path-prefix=${SOURCES}=`];
    execFileSync('rustc', [...flags, '-o', module, join(SOURCES, `${guest.name}.rs`)], { stdio: 'inherit' });
    const embedded = await componentEmbed({
      binary: readFileSync(module),
      witSource: kernelWorld(guest.world),
      world: guest.world,
    });
    const file = join(ROOT, guest.output);
    mkdirSync(dirname(file), { recursive: true });
    writeFileSync(file, await componentNew(embedded, []));
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}
