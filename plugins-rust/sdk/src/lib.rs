//! Plugins for wasm-plugin in Rust. A plugin is a type with the trait [`Plugin`] (with the feature `audio`, also
//! [`AudioEffect`]), and [`plugin!`] exports it to the host.
//!
//! ```ignore
//! use wasm_plugin::{Plugin, Settings, plugin};
//!
//! struct Counter { starts: u32 }
//!
//! impl Plugin for Counter {
//!     type State = u32;
//!     fn new(_settings: Settings) -> Result<Self, String> { Ok(Counter { starts: 1 }) }
//!     fn save(&self) -> u32 { self.starts }
//!     fn restore(&mut self, starts: u32) -> Result<(), String> { self.starts = starts; Ok(()) }
//! }
//!
//! plugin!(Counter);
//! ```
//!
//! The crate is `no_std`. A plugin that is too takes the feature `runtime`, which brings an allocator and a panic
//! handler; it is some 10 kB smaller.
#![no_std]

extern crate alloc;
// The bindings name the crate as a plugin does.
extern crate self as wasm_plugin;

#[cfg(feature = "audio")]
mod audio;
mod export;
mod plugin;
#[cfg(all(feature = "runtime", target_arch = "wasm32"))]
mod runtime;
mod saved;
mod settings;
mod slot;

/// Code that wit-bindgen generates from the WIT.
#[cfg(not(feature = "audio"))]
#[doc(hidden)]
#[allow(unsafe_op_in_unsafe_fn)]
pub mod bindings {
    wit_bindgen::generate!({
        path: "wit",
        world: "plugin",
        generate_all,
        std_feature,
        pub_export_macro: true,
        default_bindings_module: "::wasm_plugin::bindings",
        runtime_path: "::wasm_plugin::wit_bindgen::rt",
    });
}

/// Code that wit-bindgen generates from the WIT.
#[cfg(feature = "audio")]
#[doc(hidden)]
#[allow(unsafe_op_in_unsafe_fn)]
pub mod bindings {
    wit_bindgen::generate!({
        path: "wit",
        world: "audio-effect",
        generate_all,
        std_feature,
        pub_export_macro: true,
        default_bindings_module: "::wasm_plugin::bindings",
        runtime_path: "::wasm_plugin::wit_bindgen::rt",
    });
}

#[cfg(feature = "audio")]
pub use audio::{AudioEffect, Block, Descriptor, Direction, Parameter, ParameterFlags, Port, Setup, stereo};
pub use bindings::wasm_plugin::abi::log::{Level, log};
pub use plugin::Plugin;
pub use serde;
pub use settings::Settings;

#[cfg(feature = "audio")]
#[doc(hidden)]
pub use audio::Effect;
#[doc(hidden)]
pub use saved::{read, write};
#[doc(hidden)]
pub use slot::Slot;
#[doc(hidden)]
pub use wit_bindgen;

#[doc(hidden)]
pub mod alloc_types {
    pub use alloc::{string::String, vec::Vec};
}
