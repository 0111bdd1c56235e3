//! A guest with one export of each kind that the call bench measures.

use core::cell::Cell;
use core::sync::atomic::{AtomicU32, Ordering};

wit_bindgen::generate!({ path: "wit", world: "types" });

use exports::wasm_plugin::types::ops::{Counter, CounterBorrow, Guest, GuestCounter, Item, RecordEight};
use wasm_plugin::types::host::host_add;

struct Types;

static LIVE_COUNTERS: AtomicU32 = AtomicU32::new(0);

struct UpCounter(Cell<u32>);

impl Drop for UpCounter {
    fn drop(&mut self) {
        LIVE_COUNTERS.fetch_sub(1, Ordering::Relaxed);
    }
}

impl GuestCounter for UpCounter {
    fn new(start: u32) -> Self {
        LIVE_COUNTERS.fetch_add(1, Ordering::Relaxed);
        UpCounter(Cell::new(start))
    }

    fn increment(&self, by: u32) -> u32 {
        self.0.set(self.0.get().wrapping_add(by));
        self.0.get()
    }

    fn value(&self) -> u32 {
        self.0.get()
    }

    fn merge(a: Counter, b: Counter) -> Counter {
        let sum = a.get::<UpCounter>().value().wrapping_add(b.get::<UpCounter>().value());
        Counter::new(UpCounter::new(sum))
    }

    fn equals(&self, other: CounterBorrow<'_>) -> bool {
        self.value() == other.get::<UpCounter>().value()
    }
}

impl Guest for Types {
    type Counter = UpCounter;

    fn add(a: u32, b: u32) -> u32 {
        a.wrapping_add(b)
    }

    fn echo(text: String) -> String {
        text
    }

    fn process(mut samples: Vec<f32>) -> Vec<f32> {
        for sample in &mut samples {
            *sample *= 0.5;
        }
        samples
    }

    fn record8(r: RecordEight) -> RecordEight {
        r
    }

    fn items(count: u32) -> Result<Vec<Item>, String> {
        if count == 0 {
            return Err("no items".into());
        }
        Ok((0..count).map(|id| Item { id, name: format!("item {id}"), score: f64::from(id) / 2.0 }).collect())
    }

    fn call_host(times: u32) -> u32 {
        (0..times).fold(0, |sum, _| host_add(sum, 1))
    }

    fn live_counters() -> u32 {
        LIVE_COUNTERS.load(Ordering::Relaxed)
    }
}

export!(Types);
