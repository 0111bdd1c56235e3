/// The exports of `lifecycle` and `state` by a slot.
#[doc(hidden)]
#[macro_export]
macro_rules! __plugin_exports {
    ($plugin:ty, $slot:ident, $of:expr, $make:expr) => {
        impl $crate::bindings::exports::wasm_plugin::abi::lifecycle::Guest for Exports {
            fn init(
                settings: $crate::alloc_types::Vec<$crate::bindings::wasm_plugin::abi::config::Setting>,
            ) -> Result<(), $crate::alloc_types::String> {
                let plugin = <$plugin as $crate::Plugin>::new($crate::Settings::from_abi(settings))?;
                $slot.set($make(plugin));
                Ok(())
            }

            fn health() -> Result<(), $crate::alloc_types::String> {
                $slot.with(|held| $crate::Plugin::health($of(held)))
            }

            fn configure(
                settings: $crate::alloc_types::Vec<$crate::bindings::wasm_plugin::abi::config::Setting>,
            ) -> Result<(), $crate::alloc_types::String> {
                $slot.with(|held| $crate::Plugin::configure($of(held), $crate::Settings::from_abi(settings)))
            }
        }

        impl $crate::bindings::exports::wasm_plugin::abi::state::Guest for Exports {
            fn schema() -> u32 {
                <$plugin as $crate::Plugin>::SCHEMA
            }

            fn serialize() -> Result<$crate::alloc_types::Vec<u8>, $crate::alloc_types::String> {
                $slot.with(|held| $crate::write($of(held)))
            }

            fn restore(
                state: $crate::alloc_types::Vec<u8>,
                schema: u32,
                _version: $crate::alloc_types::String,
            ) -> Result<(), $crate::alloc_types::String> {
                let state = $crate::read::<$plugin>(&state, schema)?;
                $slot.with(|held| $crate::Plugin::restore($of(held), state))
            }
        }
    };
}

/// Exports a type with the trait `Plugin` as the plugin of this crate.
#[cfg(not(feature = "audio"))]
#[macro_export]
macro_rules! plugin {
    ($plugin:ty) => {
        const _: () = {
            static SLOT: $crate::Slot<$plugin> = $crate::Slot::new();
            struct Exports;
            fn same(plugin: &mut $plugin) -> &mut $plugin {
                plugin
            }
            $crate::__plugin_exports!($plugin, SLOT, same, core::convert::identity);
            $crate::bindings::export!(Exports with_types_in $crate::bindings);
        };
    };
}

/// Exports a type with the traits `Plugin` and `AudioEffect` as the plugin of this crate.
#[cfg(feature = "audio")]
#[macro_export]
macro_rules! plugin {
    ($plugin:ty) => {
        const _: () = {
            use $crate::bindings::exports::wasm_plugin::abi::{processor, realtime};
            use $crate::bindings::wasm_plugin::abi::audio_types::AudioError;
            use $crate::{Descriptor, Effect, Setup, alloc_types::Vec};
            static SLOT: $crate::Slot<Effect<$plugin>> = $crate::Slot::new();
            struct Exports;
            fn inner(effect: &mut Effect<$plugin>) -> &mut $plugin {
                &mut effect.plugin
            }
            $crate::__plugin_exports!($plugin, SLOT, inner, Effect::new);

            impl processor::Guest for Exports {
                fn describe() -> Descriptor {
                    SLOT.with(|effect| $crate::AudioEffect::describe(&effect.plugin))
                }
                fn prepare(setup: Setup) -> Result<(), AudioError> {
                    SLOT.with(|effect| effect.prepare(setup))
                }
                fn set_parameter(id: u32, value: f64) -> Result<(), AudioError> {
                    SLOT.with(|effect| effect.set_parameter(id, value))
                }
                fn get_parameter(id: u32) -> Result<f64, AudioError> {
                    SLOT.with(|effect| effect.parameter(id))
                }
                fn reset() {
                    SLOT.with(|effect| $crate::AudioEffect::reset(&mut effect.plugin))
                }
                fn process(inputs: Vec<Vec<f32>>) -> Vec<Vec<f32>> {
                    SLOT.with(|effect| effect.process(inputs))
                }
            }

            impl realtime::Guest for Exports {
                fn prepare(setup: Setup) -> Result<realtime::Lane, AudioError> {
                    SLOT.with(|effect| effect.open(setup))
                }
                fn process_block(frames: u32) {
                    SLOT.with(|effect| effect.process_block(frames))
                }
            }

            $crate::bindings::export!(Exports with_types_in $crate::bindings);
        };
    };
}
