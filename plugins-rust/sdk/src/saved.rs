use alloc::string::{String, ToString};
use alloc::vec::Vec;

use crate::Plugin;

/// Writes a state as bytes, by the format of the crate `postcard`.
pub fn write<P: Plugin>(plugin: &P) -> Result<Vec<u8>, String> {
    postcard::to_allocvec(&plugin.save()).map_err(|_| "the state cannot be written".to_string())
}

/// Reads a state from all of some bytes.
pub fn read<P: Plugin>(bytes: &[u8], schema: u32) -> Result<P::State, String> {
    if schema != P::SCHEMA {
        return P::migrate(schema, bytes);
    }
    match postcard::take_from_bytes(bytes) {
        Ok((state, [])) => Ok(state),
        Ok(_) => Err("the state is too long".to_string()),
        Err(_) => Err("the state cannot be read".to_string()),
    }
}
