//! The saved state: 24 bytes of numbers in an order of its version, then the ballast. Version 2 understands version 1 too;
//! version 3 writes JSON and understands only itself.

/// The counter's state.
#[derive(Clone, Copy, Default)]
pub struct Numbers {
    pub total: u64,
    pub calls: u64,
}

#[cfg(feature = "v1")]
pub const VERSION: u32 = 1;
#[cfg(feature = "v2")]
pub const VERSION: u32 = 2;
#[cfg(feature = "v3")]
pub const VERSION: u32 = 3;

#[cfg(not(feature = "v3"))]
mod layout {
    use super::{Numbers, VERSION};

    /// Version 1 writes the total first, version 2 the calls.
    pub fn write(numbers: &Numbers, ballast: &[u8]) -> Vec<u8> {
        let Numbers { total, calls } = *numbers;
        let (first, second) = if VERSION == 1 { (total, calls) } else { (calls, total) };
        let mut bytes = Vec::with_capacity(16 + ballast.len());
        bytes.extend(first.to_le_bytes());
        bytes.extend(second.to_le_bytes());
        bytes.extend(ballast);
        bytes
    }

    pub fn read(bytes: &[u8], schema: u32) -> Option<(Numbers, Vec<u8>)> {
        if schema == 0 || schema > VERSION {
            return None;
        }
        let first = u64::from_le_bytes(bytes.get(..8)?.try_into().ok()?);
        let second = u64::from_le_bytes(bytes.get(8..16)?.try_into().ok()?);
        let (total, calls) = if schema == 1 { (first, second) } else { (second, first) };
        Some((Numbers { total, calls }, bytes[16..].to_vec()))
    }
}

#[cfg(feature = "v3")]
mod layout {
    use super::Numbers;

    /// `{"total":1,"calls":1,"mood":"calm"}`, the ballast as spaces behind it.
    pub fn write(numbers: &Numbers, ballast: &[u8]) -> Vec<u8> {
        let Numbers { total, calls } = numbers;
        let mut bytes = format!("{{\"total\":{total},\"calls\":{calls},\"mood\":\"calm\"}}").into_bytes();
        bytes.resize(bytes.len() + ballast.len(), b' ');
        bytes
    }

    pub fn read(bytes: &[u8], schema: u32) -> Option<(Numbers, Vec<u8>)> {
        let text = core::str::from_utf8(bytes).ok()?;
        if schema != 3 || !text.starts_with('{') {
            return None;
        }
        let spaces = text.len() - text.trim_end().len();
        Some((Numbers { total: field(text, "\"total\":")?, calls: field(text, "\"calls\":")? }, vec![7; spaces]))
    }

    fn field(text: &str, name: &str) -> Option<u64> {
        let rest = &text[text.find(name)? + name.len()..];
        let end = rest.find(|c: char| !c.is_ascii_digit())?;
        rest[..end].parse().ok()
    }
}

pub use layout::{read, write};
