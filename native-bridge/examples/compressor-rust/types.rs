//! Native stand-ins for what the bindings of the component are called, so that both build from the same files.

pub enum AudioError {
    UnsupportedSetup(String),
    UnknownParameter(u32),
    InvalidValue(f64),
}

#[derive(Clone, Copy)]
#[repr(C)]
pub struct Setup {
    pub sample_rate_hz: f64,
    pub max_frames: u32,
    pub channels: u32,
}

#[derive(Clone, Copy, PartialEq)]
pub struct ParameterFlags(pub u32);

impl ParameterFlags {
    pub const AUTOMATABLE: Self = Self(1);
    pub const LOGARITHMIC: Self = Self(4);
    pub const READ_ONLY: Self = Self(8);

    pub const fn empty() -> Self {
        Self(0)
    }

    pub const fn union(self, other: Self) -> Self {
        Self(self.0 | other.0)
    }

    pub const fn contains(self, other: Self) -> bool {
        self.0 & other.0 == other.0
    }
}

pub struct Parameter {
    pub id: u32,
    pub name: String,
    pub unit: String,
    pub min: f64,
    pub max: f64,
    pub default: f64,
    pub choices: Vec<String>,
    pub flags: ParameterFlags,
}
