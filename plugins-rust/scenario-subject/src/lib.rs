//! A guest that implements the interface of each scenario.

mod compounds;
mod resources;
mod resources_in_values;
mod values;

use core::sync::atomic::{AtomicU32, Ordering};

wit_bindgen::generate!({ path: "../../test/bindings/scenarios/wit", world: "subject", generate_all });

pub struct Subject;

static CALLS: AtomicU32 = AtomicU32::new(0);

impl Guest for Subject {
    fn thunk() -> u32 {
        CALLS.fetch_add(1, Ordering::Relaxed) + 1
    }
}

export!(Subject);
