//! Writes random modules with fixed seeds: `fuel-smith <folder> <first seed> <count> [proposals]`.
//!
//! With `proposals` they use what came after WebAssembly 2.0, and are named `<seed>-<proposals>[-reference].wasm`:
//! wasmtime 50 counts those wrongly that are for the reference meter, see `plain::judge`.

mod plain;
mod proposals;

use arbitrary::Unstructured;
use std::{env, fs, path::Path};
use wasm_smith::{Config, MemoryOffsetChoices, Module};

/// Bytes from a seed (SplitMix64), so that a module depends on nothing but its number.
fn bytes(seed: u64, length: usize) -> Vec<u8> {
    let mut state = seed;
    let mut bytes = Vec::with_capacity(length);
    while bytes.len() < length {
        state = state.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut z = state;
        z = (z ^ (z >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        z = (z ^ (z >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        bytes.extend_from_slice(&(z ^ (z >> 31)).to_le_bytes());
    }
    bytes
}

fn config(seed: u64) -> Config {
    Config {
        min_funcs: 2,
        max_funcs: 6,
        max_instructions: 60,
        max_imports: 0,
        min_memories: 1,
        memory_offset_choices: if seed % 2 == 0 {
            MemoryOffsetChoices(90, 9, 1)
        } else {
            MemoryOffsetChoices(1, 0, 0)
        },
        max_memories: if seed % 10 == 9 { 3 } else { 1 },
        max_memory32_bytes: 4 << 16,
        max_tables: 1,
        max_table_elements: 100,
        max_data_segments: 2,
        max_element_segments: 3,
        max_types: 8,
        max_globals: 4,
        export_everything: true,
        allow_start_export: false,
        bulk_memory_enabled: true,
        reference_types_enabled: true,
        simd_enabled: false,
        tail_call_enabled: seed % 4 == 0,
        multi_value_enabled: true,
        sign_extension_ops_enabled: true,
        saturating_float_to_int_enabled: true,
        gc_enabled: false,
        exceptions_enabled: false,
        memory64_enabled: seed % 10 == 9,
        threads_enabled: false,
        relaxed_simd_enabled: false,
        custom_page_sizes_enabled: false,
        wide_arithmetic_enabled: false,
        extended_const_enabled: seed % 10 == 9,
        shared_everything_threads_enabled: false,
        canonicalize_nans: false,
        ..Config::default()
    }
}

fn main() {
    let arguments: Vec<String> = env::args().collect();
    let folder = Path::new(&arguments[1]);
    let first: u64 = arguments[2].parse().expect("first seed");
    let count: u64 = arguments[3].parse().expect("count");
    let later = arguments.get(4).is_some_and(|word| word == "proposals");
    for seed in first..first + count {
        let data = bytes(seed, if later { 8192 } else { 4096 });
        let mut source = Unstructured::new(&data);
        let config = if later { proposals::config(seed) } else { config(seed) };
        let Ok(module) = Module::new(config, &mut source) else { continue };
        let binary = module.to_bytes();
        if !later {
            fs::write(folder.join(format!("{seed}.wasm")), binary).expect("write");
            continue;
        }
        let Some(binary) = plain::exports(&binary) else { continue };
        let name = format!("{seed}-{}{}.wasm", proposals::name(seed), plain::judge(&binary));
        fs::write(folder.join(name), binary).expect("write");
    }
}
