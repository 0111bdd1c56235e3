//! The parameters that a user can change.

use crate::exports::wasm_plugin::abi::processor::AudioError;
use crate::wasm_plugin::abi::audio_types::{Parameter, ParameterFlags};

pub const THRESHOLD: usize = 0;
pub const RATIO: usize = 1;
pub const ATTACK: usize = 2;
pub const RELEASE: usize = 3;
pub const KNEE: usize = 4;
pub const MAKEUP: usize = 5;
pub const LOOKAHEAD: usize = 6;
pub const REDUCTION: usize = 7;
pub const COUNT: usize = 8;

/// One row of the table below. The id of a parameter is its place in it.
pub struct Spec {
    pub key: &'static str,
    name: &'static str,
    unit: &'static str,
    min: f64,
    max: f64,
    default: f64,
    flags: ParameterFlags,
}

const AUTOMATABLE: ParameterFlags = ParameterFlags::AUTOMATABLE;
const LOGARITHMIC: ParameterFlags = AUTOMATABLE.union(ParameterFlags::LOGARITHMIC);

#[rustfmt::skip]
pub const SPECS: [Spec; COUNT] = [
    spec("threshold", "Threshold", "dB", -60.0, 0.0, -18.0, AUTOMATABLE),
    spec("ratio", "Ratio", ":1", 1.0, 20.0, 4.0, LOGARITHMIC),
    spec("attack", "Attack", "ms", 0.1, 200.0, 10.0, LOGARITHMIC),
    spec("release", "Release", "ms", 5.0, 2000.0, 120.0, LOGARITHMIC),
    spec("knee", "Knee", "dB", 0.0, 24.0, 6.0, AUTOMATABLE),
    spec("makeup", "Makeup gain", "dB", 0.0, 24.0, 0.0, AUTOMATABLE),
    // It moves the latency, so it takes effect with the next `prepare`.
    spec("lookahead", "Lookahead", "ms", 0.0, 10.0, 0.0, ParameterFlags::empty()),
    spec("reduction", "Gain reduction", "dB", 0.0, 120.0, 0.0, ParameterFlags::READ_ONLY),
];

const fn spec(
    key: &'static str,
    name: &'static str,
    unit: &'static str,
    min: f64,
    max: f64,
    default: f64,
    flags: ParameterFlags,
) -> Spec {
    Spec { key, name, unit, min, max, default, flags }
}

impl Spec {
    /// Returns true if a host may set the parameter to `value`.
    pub fn takes(&self, value: f64) -> bool {
        !self.flags.contains(ParameterFlags::READ_ONLY) && value >= self.min && value <= self.max
    }
}

/// The values of all parameters. The read-only ones are not in use here.
#[derive(Clone, Copy)]
pub struct Values(pub [f64; COUNT]);

impl Default for Values {
    fn default() -> Self {
        Values(core::array::from_fn(|id| SPECS[id].default))
    }
}

impl Values {
    pub fn set(&mut self, id: u32, value: f64) -> Result<(), AudioError> {
        let spec = SPECS.get(id as usize).ok_or(AudioError::UnknownParameter(id))?;
        if !spec.takes(value) {
            return Err(AudioError::InvalidValue(value));
        }
        self.0[id as usize] = value;
        Ok(())
    }
}

pub fn describe() -> Vec<Parameter> {
    let row = |(id, spec): (usize, &Spec)| Parameter {
        id: id as u32,
        name: spec.name.into(),
        unit: spec.unit.into(),
        min: spec.min,
        max: spec.max,
        default: spec.default,
        choices: Vec::new(),
        flags: spec.flags,
    };
    SPECS.iter().enumerate().map(row).collect()
}
