//! Proposals in a random module, chosen by its seed.

use wasm_smith::{Config, MemoryOffsetChoices};

const NAMES: [&str; 8] = ["simd", "relaxed", "gc", "exceptions", "memory64", "memories", "threads", "all"];

pub fn name(seed: u64) -> &'static str {
    NAMES[(seed % 8) as usize]
}

pub fn config(seed: u64) -> Config {
    let name = name(seed);
    let uses = |proposal: &str| name == proposal || name == "all";
    Config {
        min_funcs: 3,
        max_funcs: 8,
        max_instructions: 80,
        max_imports: 0,
        min_memories: 1,
        memory_offset_choices: MemoryOffsetChoices(95, 5, 0),
        max_memories: if uses("memories") { 3 } else { 1 },
        max_memory32_bytes: 4 << 16,
        max_memory64_bytes: 4 << 16,
        memory_max_size_required: true,
        max_tables: if uses("memory64") { 2 } else { 1 },
        max_table_elements: 100,
        table_max_size_required: true,
        max_data_segments: 2,
        max_element_segments: 3,
        min_types: if uses("gc") { 4 } else { 1 },
        max_types: 10,
        max_type_size: 60,
        max_tags: 3,
        min_tags: if uses("exceptions") { 1 } else { 0 },
        max_globals: 4,
        export_everything: true,
        allow_start_export: false,
        simd_enabled: uses("simd") || uses("relaxed"),
        relaxed_simd_enabled: uses("relaxed"),
        gc_enabled: uses("gc"),
        exceptions_enabled: uses("exceptions"),
        memory64_enabled: uses("memory64"),
        threads_enabled: uses("threads"),
        extended_const_enabled: uses("memories"),
        tail_call_enabled: seed % 3 == 0,
        wide_arithmetic_enabled: false,
        custom_descriptors_enabled: false,
        custom_page_sizes_enabled: false,
        shared_everything_threads_enabled: false,
        // Most other modules trap before they have burnt much.
        disallow_traps: seed / 8 % 3 != 0,
        // wasmtime and V8 may make different NaNs.
        canonicalize_nans: true,
        ..Config::default()
    }
}
