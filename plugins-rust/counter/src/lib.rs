//! A counter in three versions whose saved states differ. It fails where its settings tell it to.

mod fault;
mod state;

use core::cell::RefCell;

wit_bindgen::generate!({ path: ["../../abi/wit", "wit"], world: "wasm-plugin:counter/counter", generate_all });

use exports::wasm_plugin::abi::{lifecycle, state as saved_state};
use exports::wasm_plugin::counter::counting;
use fault::Fault;
use state::{Numbers, VERSION};
use wasm_plugin::abi::config::Setting;
use wasm_plugin::abi::log::{Level, log};

#[derive(Default)]
struct Plugin {
    numbers: Numbers,
    ballast: Vec<u8>,
    fault: Fault,
    /// Calls of this instance, which no state carries.
    own_calls: u64,
}

thread_local! {
    static PLUGIN: RefCell<Plugin> = RefCell::default();
}

fn with<T>(work: impl FnOnce(&mut Plugin) -> T) -> T {
    PLUGIN.with_borrow_mut(work)
}

fn trap() -> ! {
    core::arch::wasm32::unreachable()
}

impl Plugin {
    fn add(&mut self, amount: u64) -> counting::Answer {
        self.own_calls += 1;
        self.numbers.total += amount;
        self.numbers.calls += 1;
        if self.fault == Fault::Call(self.own_calls) {
            trap();
        }
        self.answer()
    }

    fn answer(&self) -> counting::Answer {
        counting::Answer { total: self.numbers.total, calls: self.numbers.calls, version: VERSION }
    }
}

struct Counter;

impl counting::Guest for Counter {
    fn add(amount: u64) -> counting::Answer {
        with(|plugin| plugin.add(amount))
    }

    fn announce() -> counting::Answer {
        log(Level::Info, "one more");
        with(|plugin| plugin.add(1))
    }

    fn read() -> counting::Answer {
        with(|plugin| plugin.answer())
    }
}

impl lifecycle::Guest for Counter {
    fn init(settings: Vec<Setting>) -> Result<(), String> {
        with(|plugin| {
            for Setting { key, value } in settings {
                match key.as_str() {
                    "ballast" => plugin.ballast = vec![7; value.parse().unwrap_or(0)],
                    "fault" => plugin.fault = Fault::parse(&value),
                    _ => {}
                }
            }
            plugin.fault.refuse(Fault::Init)
        })
    }

    fn health() -> Result<(), String> {
        with(|plugin| {
            if plugin.fault == Fault::HealthTrap {
                trap();
            }
            plugin.fault.refuse(Fault::HealthRefuse)
        })
    }

    fn configure(_: Vec<Setting>) -> Result<(), String> {
        Ok(())
    }
}

impl saved_state::Guest for Counter {
    fn schema() -> u32 {
        VERSION
    }

    fn serialize() -> Result<Vec<u8>, String> {
        with(|plugin| {
            match plugin.fault {
                Fault::SaveTrap => trap(),
                Fault::SaveSpin => fault::spin(),
                _ => plugin.fault.refuse(Fault::SaveRefuse)?,
            }
            Ok(state::write(&plugin.numbers, &plugin.ballast))
        })
    }

    fn restore(bytes: Vec<u8>, schema: u32, version: String) -> Result<(), String> {
        with(|plugin| {
            if plugin.fault == Fault::RestoreTrap {
                trap();
            }
            plugin.fault.refuse(Fault::RestoreRefuse)?;
            (plugin.numbers, plugin.ballast) = state::read(&bytes, schema)
                .ok_or_else(|| format!("a state of schema {schema}, written by {version}, is not understood"))?;
            Ok(())
        })
    }
}

export!(Counter);
