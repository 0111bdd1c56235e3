import { fileURLToPath } from 'node:url';

/** The root of the checkout. */
export const ROOT = fileURLToPath(new URL('../../', import.meta.url));

/** A guest whose component is checked in. Paths are relative to the root and use `/`. */
export interface Guest {
  name: string;
  language: 'rust' | 'assemblyscript';
  /** The component that is built. */
  output: string;
  /** Every file and folder that the component is made from, beside the toolchain. */
  inputs: readonly string[];
}

const RUST_WORKSPACE = ['plugins-rust/Cargo.toml', 'plugins-rust/Cargo.lock'];

/** Every guest of the project. */
export const GUESTS: readonly Guest[] = [rust('compressor', ['abi/wit']), rust('types'), rust('values')];

function rust(name: string, more: string[] = []): Guest {
  return {
    name,
    language: 'rust',
    output: `plugins-rust/build/${name}.wasm`,
    inputs: [`plugins-rust/${name}`, ...RUST_WORKSPACE, ...more],
  };
}
