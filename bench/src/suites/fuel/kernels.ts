import { readFileSync } from 'node:fs';
import { createMeter, meterModule } from '@wasm-plugin/engine/meter';

/** Runs a kernel so many times; gives a checksum. */
export type Kernel = (times: number) => number;

/** One kernel of one build, plain and metered. */
export interface KernelPair {
  /** `build/kernel`. */
  readonly name: string;
  readonly isDsp: boolean;
  readonly plain: Kernel;
  readonly metered: Kernel;
}

const BUILDS = ['clang-o3', 'clang-o2', 'rust', 'assemblyscript'];
const DSP = new Set(['biquad', 'fir', 'fir_simd', 'gain_simd', 'fft', 'matmul']);
const FOLDER = new URL('../../../kernels/fuel/', import.meta.url);

/** Instantiates every kernel of every build twice. The metered ones run under fuel and a deadline they never reach. */
export function fuelKernels(): KernelPair[] {
  return BUILDS.flatMap((build) => {
    const bytes = new Uint8Array(readFileSync(new URL(`${build}.wasm`, FOLDER)));
    const plain = new WebAssembly.Instance(new WebAssembly.Module(bytes), {});
    const module = meterModule(bytes);
    const meter = createMeter({ timeMs: 1e9, fuel: 1e15 });
    const metered = new WebAssembly.Instance(new WebAssembly.Module(module.bytes), {});
    meter.attach(module, metered);
    meter.start(module, metered);
    return Object.keys(plain.exports)
      .filter((name) => typeof plain.exports[name] === 'function')
      .map((name) => ({
        name: `${build}/${name}`,
        isDsp: DSP.has(name),
        plain: plain.exports[name] as Kernel,
        metered: meter.entry(metered, name) as Kernel,
      }));
  });
}
