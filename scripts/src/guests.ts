import { fileURLToPath } from 'node:url';

/** The root of the checkout. */
export const ROOT = fileURLToPath(new URL('../../', import.meta.url));

/** A guest whose component is checked in. Paths are relative to the root and use `/`. */
export interface Guest {
  name: string;
  language:
    | 'rust'
    | 'assemblyscript'
    | 'wasi-rust'
    | 'wasi-c'
    | 'c'
    | 'rust-kernel'
    | 'as-kernel'
    | 'example'
    | 'wat';
  /** The folder of the WIT package with its world; empty for a program. */
  wit: string;
  world: string;
  /** The component that is built. */
  output: string;
  /** The crate and its feature, if a crate of Rust is built into several guests. */
  variant?: { crate: string; feature: string };
  /** The folder of the sources, if they are changed before the plugin is built of them: see `changed-sources.ts`. */
  changedFrom?: string;
  /** Every file and folder that the component is made from, beside the toolchain. */
  inputs: readonly string[];
  /** The file with its hashes. @default `hashes.json` beside the component */
  record?: string;
}

/** Inputs that decide the bytes of an AssemblyScript guest beside its own sources: the generator and its pins. */
const AS_SDK = ['plugins-as/sdk/src', 'plugins-as/sdk/assembly', 'plugins-as/sdk/package.json'];
const RUST_WORKSPACE = ['plugins-rust/Cargo.toml', 'plugins-rust/Cargo.lock', 'scripts/src/rust-guest.ts'];

/** The zoo of faulty audio plugins, and the one that is right. */
const ZOO = [
  'zoo',
  'zoo-by-blocks',
  'zoo-calls-host',
  'zoo-clicks',
  'zoo-clicks-on-reload',
  'zoo-denormals',
  'zoo-leaks',
  'zoo-loses-state',
  'zoo-nan-after-silence',
  'zoo-never-recovers',
  'zoo-no-reset',
  'zoo-slow-blocks',
  'zoo-wrong-latency',
];

/** Kernels of the DSP bench: each in C, Rust and AssemblyScript. */
const KERNELS = ['biquads', 'compressor', 'convolution', 'fdn', 'fft', 'fir', 'gain', 'granular', 'shaper'];

/** The plugins of `examples/hostile`. */
const HOSTILE = [
  'endless-loop',
  'handle-leaker',
  'log-flood',
  'lying-lengths',
  'lying-realloc',
  'memory-bomb',
  'output-bomb',
  'recursion',
  'slow-start',
  'trap-in-realloc',
];

/** Every guest of the project. */
export const GUESTS: readonly Guest[] = [
  guest('assemblyscript', { name: 'eq', wit: 'abi/wit', world: 'audio-effect' }),
  ...['eq-v2', 'eq-v3', 'eq-v4'].map((name) => changed('plugins-as/eq', name)),
  ...ZOO.map((kind) => changed('plugins-as/zoo', kind)),
  ...(['subject', 'middle', 'runner'] as const).flatMap(scenario),
  guest('assemblyscript', { name: 'values', wit: 'plugins-rust/values/wit', world: 'values' }),
  guest('rust', { name: 'compressor', wit: 'abi/wit', world: 'audio-effect' }),
  ...['v1', 'v2', 'v3'].map(counter),
  guest('rust', { name: 'types', wit: 'plugins-rust/types/wit', world: 'types' }),
  guest('rust', { name: 'values', wit: 'plugins-rust/values/wit', world: 'values' }),
  wasiGuest('wasi-rust', 'probe'),
  wasiGuest('wasi-rust', 'fetch'),
  wasiGuest('wasi-c', 'words'),
  ...KERNELS.map(cKernel),
  ...KERNELS.map((name) => otherKernel('rust-kernel', name)),
  ...KERNELS.map((name) => otherKernel('as-kernel', name)),
  example('delay', { world: 'audio-effect', inputs: ['assembly'] }),
  example('reverb', { world: 'audio-effect', inputs: ['assembly', 'wit'] }),
  example('spectrum', { world: 'spectrum', inputs: ['assembly', 'wit'] }),
  ...['lyrics', 'tokenizer'].map((name) =>
    example(name, { world: name, inputs: ['src', 'wit', 'Cargo.toml', 'Cargo.lock'] }),
  ),
  ...HOSTILE.map(hostile),
];

function guest(language: Guest['language'], facts: Pick<Guest, 'name' | 'wit' | 'world'>): Guest {
  const folder = language === 'rust' ? 'plugins-rust' : 'plugins-as';
  return {
    ...facts,
    language,
    output: `${folder}/build/${facts.name}.wasm`,
    inputs: [`${folder}/${facts.name}`, facts.wit, ...(language === 'rust' ? RUST_WORKSPACE : AS_SDK)],
  };
}

/** A guest of the scenarios of the bindings, in both languages. */
function scenario(world: string): Guest[] {
  const facts = { name: `scenario-${world}`, wit: 'test/bindings/scenarios/wit', world };
  return [guest('assemblyscript', facts), guest('rust', facts)];
}

/** A plugin in another version than that of its sources: see its `versions.json`. */
function changed(changedFrom: string, name: string): Guest {
  const made = guest('assemblyscript', { name, wit: 'abi/wit', world: 'audio-effect' });
  return { ...made, changedFrom, inputs: [changedFrom, ...made.inputs.slice(1)] };
}

/** The counter in one of its versions. */
function counter(feature: string): Guest {
  const crate = 'counter';
  const made = guest('rust', { name: `${crate}-${feature}`, wit: `plugins-rust/${crate}/wit`, world: crate });
  const inputs = [`plugins-rust/${crate}`, 'abi/wit', ...RUST_WORKSPACE];
  return { ...made, inputs, variant: { crate, feature } };
}

/** A kernel of the DSP bench in C. */
function cKernel(name: string): Guest {
  const folder = 'bench/kernels/dsp';
  return {
    name,
    language: 'c',
    wit: 'abi/wit',
    world: 'kernel',
    output: `${folder}/build/${name}.wasm`,
    inputs: [
      `${folder}/${name}.c`,
      `${folder}/kernel.h`,
      `${folder}/exports.h`,
      ...(['convolution', 'fft'].includes(name) ? [`${folder}/fourier.h`] : []),
      'abi/wit/audio.wit',
      'scripts/src/c-kernel.ts',
      'scripts/src/kernel-world.ts',
    ],
  };
}

/** A kernel of the DSP bench in another language. */
function otherKernel(language: 'rust-kernel' | 'as-kernel', name: string): Guest {
  const [part, extension] = language === 'rust-kernel' ? ['rust', 'rs'] : ['assembly', 'ts'];
  const folder = `bench/kernels/dsp/${part}`;
  const shared =
    language === 'rust-kernel' ? ['frame', 'fourier'] : ['index', 'realtime', 'noise', 'fourier'];
  return {
    name,
    language,
    wit: 'abi/wit',
    world: 'kernel',
    output: `bench/kernels/dsp/build/${part}/${name}.wasm`,
    inputs: [
      ...[name, ...shared].map((file) => `${folder}/${file}.${extension}`),
      'abi/wit/audio.wit',
      `scripts/src/${language}.ts`,
      'scripts/src/kernel-world.ts',
      ...(language === 'as-kernel' ? AS_SDK : []),
    ],
  };
}

/** A guest of the tests of the sandbox. */
function wasiGuest(language: 'wasi-rust' | 'wasi-c', name: string): Guest {
  const folder = 'test/guests/wasi';
  const isRust = language === 'wasi-rust';
  return {
    name,
    language,
    wit: isRust ? `${folder}/${name}/wit` : '',
    world: isRust ? name : 'wasi:cli/command',
    output: `${folder}/build/${name}.wasm`,
    inputs: [
      `${folder}/${name}`,
      'scripts/src/wasi-guest.ts',
      ...(isRust ? [`${folder}/Cargo.toml`, `${folder}/Cargo.lock`] : []),
    ],
  };
}

/**
 * Describes a plugin of `examples/plugins`, built as a reader builds it. Its inputs are its own files: a change of the SDK alone does not
 * make it stale, as with plugins that others have built.
 */
function example(name: string, { world, inputs }: { world: string; inputs: readonly string[] }): Guest {
  const folder = `examples/plugins/${name}`;
  return {
    name,
    language: 'example',
    wit: inputs.includes('wit') ? `${folder}/wit` : 'abi/wit',
    world,
    output: `${folder}/plugin.wasm`,
    inputs: inputs.map((path) => `${folder}/${path}`),
    record: 'examples/plugins/hashes.json',
  };
}

/** Describes a plugin of the zoo of hostile ones. */
function hostile(name: string): Guest {
  const folder = `examples/hostile/plugins/${name}`;
  return {
    name,
    language: 'wat',
    wit: 'examples/hostile/job.wit',
    world: 'job',
    output: `${folder}/plugin.wasm`,
    inputs: [`${folder}/plugin.wat`],
    record: 'examples/hostile/plugins/hashes.json',
  };
}
