use alloc::string::{String, ToString};

use serde::{Serialize, de::DeserializeOwned};

use crate::Settings;

/// A plugin: one value, made as the host starts an instance.
pub trait Plugin: Sized + 'static {
    /// The state that survives a reload and the end of the host. Unit if there is none.
    type State: Serialize + DeserializeOwned;

    /// The number of the format of `State`. Another one where that changes.
    const SCHEMA: u32 = 1;

    /// Makes the plugin ready. Called once, before anything else. An error (a text for people) keeps it from starting.
    fn new(settings: Settings) -> Result<Self, String>;

    /// Returns an error if the plugin cannot do its work.
    fn health(&self) -> Result<(), String> {
        Ok(())
    }

    /// Takes settings that have changed, all or none. Those that it does not know it ignores.
    fn configure(&mut self, _settings: Settings) -> Result<(), String> {
        Ok(())
    }

    /// Returns what has to be kept. Does not change the plugin.
    fn save(&self) -> Self::State;

    /// Takes over what an instance of this plugin once saved. On an error the plugin is as it was.
    fn restore(&mut self, state: Self::State) -> Result<(), String>;

    /// Reads a state of another schema, as an older version wrote it.
    fn migrate(_schema: u32, _bytes: &[u8]) -> Result<Self::State, String> {
        Err("the state has a schema that this version does not read".to_string())
    }
}
