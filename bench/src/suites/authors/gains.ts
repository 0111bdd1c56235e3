const WIT = `package acme:gain@0.1.0;
world gain { export process: func(samples: list<f32>, gain: f32) -> list<f32>; }
`;

const MANIFEST = JSON.stringify({
  id: 'acme.gain',
  name: 'Gain',
  version: '1.0.0',
  world: 'acme:gain/gain',
  entry: 'plugin.wasm',
});

const COMMON = { 'plugin.json': MANIFEST, 'wit/gain.wit': WIT };

/** The smallest plugin of some use in a language, and the size that it may have. */
export interface Gain {
  language: string;
  mostBytes: number;
  files: Readonly<Record<string, string>>;
}

/** One function that multiplies a list of samples, in each language. */
export const GAINS: readonly Gain[] = [
  {
    language: 'AssemblyScript',
    mostBytes: 4096,
    files: {
      ...COMMON,
      'assembly/index.ts': `export function process(samples: StaticArray<f32>, gain: f32): StaticArray<f32> {
  for (let i = 0; i < samples.length; i++) samples[i] *= gain;
  return samples;
}
`,
    },
  },
  {
    language: 'Rust',
    mostBytes: 10_240,
    files: {
      ...COMMON,
      'Cargo.toml': `[package]
name = "gain"
version = "1.0.0"
edition = "2024"
[lib]
crate-type = ["cdylib"]
[dependencies]
wit-bindgen = { version = "0.63", default-features = false, features = ["macros", "realloc"] }
[profile.release]
opt-level = "s"
lto = true
codegen-units = 1
panic = "abort"
strip = true
`,
      'src/lib.rs': `wit_bindgen::generate!({ path: "wit", world: "gain" });
struct Gain;
impl Guest for Gain {
    fn process(mut samples: Vec<f32>, gain: f32) -> Vec<f32> {
        for sample in &mut samples {
            *sample *= gain;
        }
        samples
    }
}
export!(Gain);
`,
    },
  },
  {
    language: 'C',
    mostBytes: 6144,
    files: {
      ...COMMON,
      'src/plugin.c': `#include "gain.h"
void exports_gain_process(gain_list_f32_t *samples, float gain, gain_list_f32_t *ret) {
  for (size_t i = 0; i < samples->len; i++) samples->ptr[i] *= gain;
  *ret = *samples;
}
`,
    },
  },
];
