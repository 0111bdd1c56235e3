use alloc::vec::Vec;
use core::str::FromStr;

use crate::bindings::wasm_plugin::abi::config::Setting;

/// Settings of the host: at the start all of them, later those that have changed.
pub struct Settings(Vec<Setting>);

impl Settings {
    #[doc(hidden)]
    pub fn from_abi(settings: Vec<Setting>) -> Self {
        Settings(settings)
    }

    /// Returns the text of a setting.
    pub fn get(&self, key: &str) -> Option<&str> {
        self.iter().find(|(each, _)| *each == key).map(|(_, value)| value)
    }

    /// Returns a setting as a number, or whatever can be read from its text; `Err` holds the text that cannot.
    pub fn parse<T: FromStr>(&self, key: &str) -> Result<Option<T>, &str> {
        self.get(key).map_or(Ok(None), |text| text.parse().map(Some).map_err(|_| text))
    }

    /// Goes through keys and values.
    pub fn iter(&self) -> impl Iterator<Item = (&str, &str)> {
        self.0.iter().map(|Setting { key, value }| (key.as_str(), value.as_str()))
    }
}
